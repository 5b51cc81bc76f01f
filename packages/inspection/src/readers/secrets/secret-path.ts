/** Files that programs keep keys and logins in, by name alone. */
const credentialFile =
  /(?:^|\/)(?:id_(?:rsa|dsa|ecdsa|ed25519)|\.npmrc|\.pypirc|\.netrc|_netrc|\.pgpass|\.my\.cnf|\.git-credentials|\.dockercfg|\.env(?:\.[\w.-]+)?|\.docker\/config\.json|\.aws\/(?:credentials|config)|\.kube\/config|kubeconfig|\.config\/gh\/hosts\.yml|\.config\/hub|\.terraformrc|credentials\.tfrc\.json|application_default_credentials\.json)$/;
const keyFile = /\.(?:pem|key|ppk|p8|pk8|rsa|ovpn)$/i;
const settingsFile = /\.(?:env|ya?ml|json|ini|conf|cfg|properties|toml|tfvars|sh|bash|xml|txt|config|rc)$/i;
/** What a package manager put there is the work of others, and full of keys that only their tests use. */
const ofOthers =
  /(?:^|\/)(?:node_modules|site-packages|dist-packages|gems|bower_components|composer|\.cargo\/registry|go\/pkg\/mod|\.m2|testdata)\//;
const system = /^(?:usr\/(?!local\/)|lib\/|lib64\/|proc\/|sys\/|var\/lib\/(?:dpkg|apk|rpm|pacman)\/)/;

/** True when a file may hold a key or login. Called for every path of an image. */
export function mayHoldSecrets(path: string): boolean {
  if (system.test(path) || ofOthers.test(path)) return false;
  return settingsFile.test(path) || credentialFile.test(path) || keyFile.test(path);
}
