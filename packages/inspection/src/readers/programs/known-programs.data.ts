/**
 * Where a program says its own version. The pattern is tried on a window of a few hundred bytes around each place where
 * `mark` stands, and nowhere else; a group of its own holds the version.
 */
export type VersionMark = Readonly<{ mark: string; pattern: RegExp }>;

export type KnownProgram = Readonly<{
  /** As the advisories of the ecosystem name it, where they do. */
  name: string;
  /** Bitnami publishes advisories about upstream versions of it. */
  hasAdvisories: boolean;
  /** Names of its file, without folders. What its group holds must begin the version. */
  files: RegExp;
  marks: readonly VersionMark[];
}>;

/** Programs that people copy into images without any package manager. Those written in Go tell of their modules. */
export const knownPrograms: readonly KnownProgram[] = [
  {
    name: "node",
    hasAdvisories: true,
    files: /^(?:node|nodejs|node\.exe|libnode\.so\.[\d.]+)$/,
    marks: [{ mark: "node.js/v", pattern: /node\.js\/v(\d+\.\d+\.\d+)/g }],
  },
  {
    name: "python",
    hasAdvisories: true,
    files: /^(?:lib)?python(\d\.\d{1,2})[mdt]{0,2}(?:\.so(?:\.[\d.]+)?)?$/,
    marks: ["\x002.", "\x003."].map((mark) => ({
      mark,
      pattern: /\0([23]\.\d{1,2}\.\d{1,2}(?:(?:a|b|rc)\d{1,2})?)\+?(?=\0)/g,
    })),
  },
  {
    name: "nginx",
    hasAdvisories: true,
    files: /^nginx(?:-debug)?$/,
    marks: [{ mark: "nginx version: ", pattern: /nginx version: nginx\/(\d+\.\d+\.\d+)/g }],
  },
  {
    name: "apache",
    hasAdvisories: true,
    files: /^(?:httpd|apache2)$/,
    marks: [{ mark: "Apache/2.", pattern: /Apache\/(2\.\d+\.\d+)/g }],
  },
  {
    name: "redis",
    hasAdvisories: true,
    files: /^redis-(?:server|sentinel|check-aof|check-rdb)$/,
    marks: [
      { mark: "-builtin\0", pattern: /\0(\d+\.\d+\.\d+)\0[a-z0-9]+-builtin\0/g },
      { mark: "000000000\0", pattern: /(?:^|[^\d.])(\d+\.\d+\.\d+)(?:buildkitsandbox|[0-9a-f]{12})-\d{10}0{9}\0/g },
      { mark: "Redis version ", pattern: /Redis version (\d+\.\d+\.\d+)/g },
    ],
  },
  {
    name: "valkey",
    hasAdvisories: true,
    files: /^valkey-(?:server|sentinel)$/,
    marks: [
      { mark: "-builtin\0", pattern: /\0(\d+\.\d+\.\d+)\0[a-z0-9]+-builtin\0/g },
      { mark: "000000000\0", pattern: /(?:^|[^\d.])(\d+\.\d+\.\d+)(?:buildkitsandbox|[0-9a-f]{12})-\d{10}0{9}\0/g },
    ],
  },
  {
    name: "php",
    hasAdvisories: true,
    files: /^(?:php(?:-fpm|-cgi)?([\d.]*)|libphp[\d.]*\.so)$/,
    marks: [{ mark: "X-Powered-By: PHP/", pattern: /X-Powered-By: PHP\/(\d+\.\d+\.\d+)/g }],
  },
  {
    name: "ruby",
    hasAdvisories: true,
    files: /^(?:ruby[\d.]*|libruby[\w.-]*\.so(?:\.[\d.]+)?)$/,
    marks: [{ mark: "ruby ", pattern: /\0ruby (\d+\.\d+\.\d+)(?:p\d+)? \(\d{4}-/g }],
  },
  {
    name: "postgresql",
    hasAdvisories: true,
    files: /^(?:postgres|postmaster)$/,
    marks: [{ mark: "\0PostgreSQL ", pattern: /\0PostgreSQL (\d+\.\d+(?:\.\d+)?)[\0 ]/g }],
  },
  {
    name: "mariadb",
    hasAdvisories: true,
    files: /^(?:mariadbd?|mysqld?)$/,
    marks: [{ mark: "-MariaDB", pattern: /(\d+\.\d+\.\d+)-MariaDB/g }],
  },
  {
    name: "mysql",
    hasAdvisories: false,
    files: /^mysqld?$/,
    marks: [{ mark: "/mysql-", pattern: /\/mysql-(\d+\.\d+\.\d+)\//g }],
  },
  {
    name: "haproxy",
    hasAdvisories: true,
    files: /^haproxy$/,
    marks: [
      { mark: ", released 20", pattern: / version (\d+\.\d+\.\d+)[\w.+~-]{0,40}, released 20/g },
      { mark: "HA-Proxy version ", pattern: /HA-Proxy version (\d+\.\d+\.\d+)/g },
    ],
  },
  {
    name: "envoy",
    hasAdvisories: true,
    files: /^envoy$/,
    marks: [
      {
        mark: "/BoringSSL",
        pattern: /(\d+\.\d+\.\d+)\/(?:Clean|Modified|Distribution)\/(?:RELEASE|DEBUG)\/BoringSSL/g,
      },
    ],
  },
  {
    name: "memcached",
    hasAdvisories: true,
    files: /^memcached$/,
    marks: [{ mark: "memcached ", pattern: /memcached (\d+\.\d+\.\d+)/g }],
  },
  {
    name: "varnish",
    hasAdvisories: true,
    files: /^varnishd$/,
    marks: [{ mark: "varnish-", pattern: /varnish-(\d+\.\d+\.\d+) revision/g }],
  },
  {
    name: "git",
    hasAdvisories: true,
    files: /^git$/,
    marks: [{ mark: "git/", pattern: /\xff?git\/(\d+\.\d+\.\d+)[.\d]*\0/g }],
  },
  {
    name: "perl",
    hasAdvisories: false,
    files: /^(?:perl[\d.]*|libperl\.so(?:\.[\d.]+)?)$/,
    marks: [{ mark: "\0v5.", pattern: /\0v(5\.\d+\.\d+)\0/g }],
  },
  {
    name: "openssl",
    hasAdvisories: false,
    files: /^(?:openssl|libcrypto\.so(?:\.[\d.]+)?)$/,
    marks: [{ mark: "OpenSSL ", pattern: /\0OpenSSL (\d+\.\d+\.\d+[a-z]{0,2}) {1,2}\d{1,2} [A-Z][a-z]{2} \d{4}/g }],
  },
  {
    name: "busybox",
    hasAdvisories: false,
    files: /^busybox[\w.-]*$/,
    marks: [{ mark: "BusyBox v", pattern: /BusyBox v(\d+\.\d+\.\d+)/g }],
  },
];
