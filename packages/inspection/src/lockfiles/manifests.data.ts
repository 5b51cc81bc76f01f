type Manifest = Readonly<{
  name: RegExp;
  /** Found in its text when it asks for packages. Blanks and line ends apart, or a file of them takes for ever. */
  asks: RegExp;
  /** Files beside it, or in a folder above it, that say which versions it gets. */
  locks: readonly string[];
}>;

const pythonLocks = ["requirements.txt", "pylock.toml", "Pipfile.lock", "poetry.lock", "pdm.lock", "uv.lock"];
const gradleLocks = ["gradle.lockfile", "buildscript-gradle.lockfile", "gradle/verification-metadata.xml"];

/** Files that name packages by ranges. Only a lock file knows the versions. */
export const manifests: readonly Manifest[] = [
  {
    name: /^package\.json$/,
    asks: /"(?:dependencies|devDependencies|optionalDependencies)"\s*:\s*\{\s*"/,
    locks: ["package-lock.json", "npm-shrinkwrap.json", "yarn.lock", "pnpm-lock.yaml", "bun.lock", "bun.lockb"],
  },
  { name: /^Pipfile$/, asks: /^[ \t]*\[(?:dev-)?packages\]/m, locks: pythonLocks },
  {
    name: /^pyproject\.toml$/,
    asks: /^[ \t]*dependencies[ \t]*=|^[ \t]*\[tool\.poetry\.[\w.-]*dependencies\]/m,
    locks: pythonLocks,
  },
  { name: /^(?:Gemfile|gems\.rb)$/, asks: /^[ \t]*gem\b/m, locks: ["Gemfile.lock", "gems.locked"] },
  { name: /^Cargo\.toml$/, asks: /^[ \t]*\[[^\]\n]{0,200}dependencies[^\]\n]{0,200}\]/m, locks: ["Cargo.lock"] },
  { name: /^composer\.json$/, asks: /"require(?:-dev)?"\s*:\s*\{\s*"/, locks: ["composer.lock"] },
  { name: /^mix\.exs$/, asks: /\bdeps\b/, locks: ["mix.lock"] },
  { name: /^pubspec\.yaml$/, asks: /^(?:dev_)?dependencies:/m, locks: ["pubspec.lock"] },
  { name: /^Package\.swift$/, asks: /\.package\(/, locks: ["Package.resolved"] },
  { name: /^conanfile\.(?:py|txt)$/, asks: /\brequires\b/, locks: ["conan.lock"] },
  { name: /^build\.gradle(?:\.kts)?$/, asks: /\bdependencies\s*\{/, locks: gradleLocks },
  { name: /\.(?:cs|fs|vb)proj$/, asks: /<PackageReference\b/, locks: ["packages.lock.json", "packages.config"] },
];
