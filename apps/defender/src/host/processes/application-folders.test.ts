import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applicationFolders } from "./application-folders.ts";
import type { SeenProcess } from "./seen-process.ts";

const seen = (more: Partial<SeenProcess>): SeenProcess => ({
  exe: "usr/bin/node",
  argv: [],
  cwd: "",
  mapped: [],
  opened: [],
  ...more,
});
const foldersOf = (more: Partial<SeenProcess>): string[] =>
  applicationFolders(seen(more), (script) => script).map(({ kind, path }) => `${kind} ${path}`);

describe("the folders of dependencies of", () => {
  test.for([
    [
      "a Node program are those that Node looks into",
      { argv: ["node", "--require", "./trace.js", "src/server.js"], cwd: "app" },
      ["nodejs app/src/node_modules/", "nodejs app/node_modules/", "nodejs node_modules/"],
    ],
    [
      "a tool of the project are the project's",
      { argv: ["node", "/app/node_modules/.bin/next", "start"], cwd: "app" },
      ["nodejs app/node_modules/"],
    ],
    [
      "a tool for everybody are its own",
      { argv: ["node", "/usr/lib/node_modules/npm/bin/npm-cli.js"], cwd: "app" },
      ["nodejs usr/lib/node_modules/npm/"],
    ],
    [
      "code on the command line are those of its folder",
      { argv: ["node", "-e", "1"], cwd: "srv" },
      ["nodejs srv/node_modules/", "nodejs node_modules/"],
    ],
    [
      "a Python program in a virtual environment are the environment's too",
      { exe: "usr/local/bin/python3.12", argv: ["/app/venv/bin/python", "/app/venv/bin/gunicorn"], cwd: "app" },
      [
        "python usr/local/lib/python3.12/",
        "python usr/local/lib64/python3.12/",
        "python usr/local/lib/python3/",
        "python app/venv/lib/python3.12/",
        "python app/venv/lib64/python3.12/",
        "python app/venv/lib/python3/",
      ],
    ],
    [
      "a Python program are where its mapped modules lie",
      {
        exe: "opt/py/bin/python3.11",
        argv: ["python3", "-m", "shop"],
        cwd: "srv/shop",
        mapped: ["srv/deps/site-packages/numpy/m.so"],
      },
      [
        "python opt/py/lib/python3.11/",
        "python opt/py/lib64/python3.11/",
        "python opt/py/lib/python3/",
        "python srv/deps/site-packages/",
        "python srv/shop/",
      ],
    ],
    [
      "a PHP program are those that Composer fills",
      { exe: "usr/sbin/php-fpm8.2", cwd: "var/www" },
      ["php var/www/vendor/composer/", "php var/vendor/composer/"],
    ],
    [
      "a .NET program are where its assemblies lie",
      { exe: "usr/bin/dotnet", mapped: ["app/Shop.dll", "app/Json.dll"] },
      ["nuget app/"],
    ],
    ["any other program are none", { exe: "usr/sbin/nginx", argv: ["nginx"], cwd: "app" }, []],
  ] as const)("%s", ([, process, expected]) => {
    expect(foldersOf(process)).toEqual(expected);
  });

  test("a Ruby program are its bundle and where its extensions lie", () => {
    const folders = foldersOf({
      exe: "usr/local/bin/ruby",
      argv: ["ruby", "-I", "lib", "/app/bin/rails"],
      cwd: "app",
      mapped: ["srv/gems/extensions/x86_64-linux/3.1.0/json-2.6.1/json.so"],
    });
    expect(folders).toContain("gem usr/local/lib/ruby/");
    expect(folders).toContain("gem srv/gems/specifications/");
    expect(folders).toContain("gem app/vendor/bundle/");
  });

  test("whatever a process says of itself lie inside its root, and never are all of it", () => {
    const text = fc.oneof(fc.string(), fc.constantFrom("../..", "/", "//", "node_modules", "/node_modules/x", "-"));
    const path = fc.array(text, { maxLength: 5 }).map((parts) => parts.join("/"));
    const exe = fc.constantFrom("usr/bin/node", "bin/python3", "ruby", "php");
    fc.assert(
      fc.property(exe, fc.array(text, { maxLength: 6 }), path, fc.array(path), (program, argv, cwd, mapped) =>
        applicationFolders(seen({ exe: program, argv, cwd, mapped }), (script) => script).every(
          ({ path: folder }) => folder.endsWith("/") && folder.length > 1,
        ),
      ),
    );
  });
});
