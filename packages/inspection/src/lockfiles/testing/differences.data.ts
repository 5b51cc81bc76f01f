type Difference = Readonly<{ missed?: readonly string[]; added?: readonly string[]; because: string }>;

/** Where we read a published fixture otherwise on purpose. */
export const differences: Readonly<Record<string, Difference>> = {
  "golang/gomod/indirect-1.16.mod": {
    missed: [
      "github.com/davecgh/go-spew@1.1.1",
      "github.com/pmezard/go-difflib@1.0.0",
      "github.com/stretchr/testify@1.7.0",
      "golang.org/x/sys@0.0.0-20220715151400-c0bba94af5f8",
      "gopkg.in/yaml.v3@3.0.0-20200313102051-9f266ea9e77c",
    ],
    because:
      "They come from a go.sum beside it, which lists versions that are not built; we say that modules are missing.",
  },
  "golang/gomod/indirect-packages.mod": {
    added: [
      "github.com/mattn/go-colorable@0.1.9",
      "github.com/mattn/go-isatty@0.0.14",
      "golang.org/x/sys@0.0.0-20210630005230-0f9fa26af87c",
    ],
    because: "The second case of this fixture asks to leave out what only other modules require.",
  },
  "java/gradleverificationmetadataxml/missing-attribute.xml": {
    missed: [":pdfbox@2.0.17", "org.apache.pdfbox:@2.0.17"],
    because: "A package without its group or name matches nothing; we say so.",
  },
  "java/pomxml/interpolation.xml": {
    missed: ["org.mine:ranged-package@9.4.35.v20201120"],
    because: "The lower end of a range is not the version that is used.",
  },
  "java/pomxml/with-parent.xml": {
    missed: ["org.dave:dave@4.0.0"],
    because: "It stands in the parent, another file that is read by itself.",
  },
  "java/pomxml/multi-version.xml": {
    added: ["abc:example.com@1.1.1"],
    because: "Maven takes the last declaration, the other reader the first; both are declared.",
  },
  "python/requirements/with_versions.txt": {
    missed: ["newspaper3k@0.2.2", "combination-also-valid@3.5", "pkg@1.2.3"],
    because: "The ends of ranges are not the version that is installed.",
  },
  "python/requirements/example.txt": {
    missed: ["keyring@4.1.1", "mopidy-dirble@1.1", "pandas@2.2.3"],
    because: "Ends of ranges, and a package of a file that this one includes, which is read by itself.",
  },
  "python/requirements/per_req_options.txt": {
    missed: ["foo7@1.0 unexpected_text_before_options_stays_around"],
    because: "That is no version.",
  },
  "python/uvlock/one-package.lock": {
    added: ["emoji@2.14.0"],
    because: "The published rows of uv.lock lack what belongs to no group.",
  },
  "python/uvlock/two-packages.lock": {
    added: ["emoji@2.14.0", "protobuf@4.25.5"],
    because: "The published rows of uv.lock lack what belongs to no group.",
  },
  "python/uvlock/grouped-packages.lock": {
    added: [
      "colorama@0.4.6",
      "emoji@2.14.0",
      "mccabe@0.7.0",
      "mypy-extensions@1.0.0",
      "packaging@24.2",
      "pathspec@0.12.1",
      "platformdirs@4.3.6",
      "pycodestyle@2.12.1",
      "pyflakes@3.2.0",
      "tomli@2.2.1",
      "typing-extensions@4.12.2",
    ],
    because: "The published rows of uv.lock lack what belongs to no group.",
  },
  "python/uvlock/names-outside-package-block.lock": {
    added: ["first-pkg@1.0.0", "second-pkg@2.0.0"],
    because: "The published rows of uv.lock lack what belongs to no group.",
  },
  "javascript/packagelockjson/both/package-lock.json": {
    added: ["wrappy@1.0.2", "supports-color@5.5.0"],
    because: "npm ignores it beside a shrinkwrap; that is decided where files are seen together (withoutOverruled).",
  },
  "javascript/yarnlock/exclude-root.v2.lock": {
    missed: ["@ws/ansi-regex@0.0.0-use.local"],
    because: "A workspace is the repository's own code, and that is no version of it.",
  },
};
