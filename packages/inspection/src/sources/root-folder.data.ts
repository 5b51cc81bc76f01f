/** File systems on local disks, by the number that statfs(2) gives them. */
export const localFileSystems: ReadonlySet<number> = new Set([
  0xef53, // ext2, ext3, ext4
  0x58465342, // xfs
  0x9123683e, // btrfs
  0x2fc12fc1, // zfs
  0xf2f52010, // f2fs
  0x3153464a, // jfs
  0x52654973, // reiserfs
  0xca451a4e, // bcachefs
]);

/** Kernel views, and where engines keep the files of containers and images: those are inspected as such. */
export const skippedFolders: readonly string[] = [
  "proc",
  "sys",
  "dev",
  "run",
  "var/lib/docker",
  "var/lib/containers",
  "var/lib/containerd",
  "var/lib/kubelet",
  "var/lib/rancher",
  "var/lib/k0s",
  "var/lib/buildkit",
  "var/lib/lxc",
  "var/lib/lxd",
  "var/lib/machines",
  "var/lib/snapd",
  "snap",
];

/** Where engines without privileges keep theirs, in a home folder. */
export const skippedFolderEnding = "/.local/share/containers/storage";
