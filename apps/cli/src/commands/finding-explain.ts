import { Command, Option } from "commander";
import type { CliConfig } from "../config.ts";
import { explanationText } from "../explain/explanation-text.ts";
import { explainPackages } from "../explain/explain-packages.ts";
import { type PackageOptions, packagesToExplain } from "../explain/packages-to-explain.ts";
import { exitCodes, type ExitCode } from "../output/exit-codes.ts";
import { writeOut } from "../output/write-out.ts";

type Options = PackageOptions & { image?: string; intel?: string; output: "table" | "json" };

/** `rampart finding explain`: which record, which range and which comparison decided, also for what is no finding. */
export function findingCommand(config: CliConfig, finish: (code: ExitCode) => void): Command {
  const explain = new Command("explain")
    .description("Say why a package is, or is not, affected by a flaw")
    .argument("<id>", "CVE, or any other name of the flaw: GHSA-…, DSA-…")
    .option("--package <name@version>", "one package; --ecosystem says whose")
    .option("--ecosystem <name>", "ecosystem of --package: npm, PyPI, Debian:12, …")
    .option("--source <name>", "source package of --package, which advisories of Debian, Ubuntu and Alpine name")
    .option("--sbom <file>", "every package of a bill of materials; - reads standard input")
    .option("--repository <folder>", "every package that a source folder declares")
    .option("--image <reference>", "every package of an image in the container engine")
    .option("--archive <file>", "every package of an image archive")
    .option("--oci-layout <folder>", "every package of an image in OCI layout")
    .option("--rootfs <folder>", "every package of an unpacked root file system")
    .option("--docker-address <socket>", "socket of the container engine")
    .option("--intel <folder>", "advisories to compare with")
    .addOption(new Option("--output <form>", "form of the answer").choices(["table", "json"]).default("table"))
    .addHelpText("after", help)
    .action(async (id: string, options: Options) => {
      const asked = await packagesToExplain(options.image, options, config);
      const explained = await explainPackages(asked, id, options.intel ?? config.RAMPART_INTEL_DIR);
      const json = () => `${JSON.stringify(explained.explanations, null, 2)}\n`;
      await writeOut(options.output === "json" ? json() : explanationText(id, explained));
      finish(exitCodes.passed);
    });
  return new Command("finding").alias("findings").description("Findings and their reasons").addCommand(explain);
}

const help = `
Examples:
  rampart finding explain CVE-2019-10744 --package lodash@4.17.4 --ecosystem npm --intel advisories
  rampart finding explain CVE-2024-5535 --package libssl3@3.0.11-1 --source openssl --ecosystem Debian:12
  rampart finding explain CVE-2024-5535 --sbom image.cdx.json --intel advisories`;
