import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Paths of PEM files. */
export type Certificates = Readonly<{ ca: string; certificate: string; key: string }>;

const extensions = `basicConstraints=CA:FALSE
subjectAltName=DNS:localhost,IP:127.0.0.1,IP:::1
extendedKeyUsage=serverAuth,clientAuth
`;

/** Makes an authority of the test's own and a certificate for servers on loopback. */
export async function makeCertificates(folder: string): Promise<Certificates> {
  const at = (name: string) => path.join(folder, name);
  const curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
  await run("openssl", [
    "req",
    "-x509",
    ...curve,
    "-days",
    "30",
    "-subj",
    "/CN=Test CA",
    "-keyout",
    at("ca.key"),
    "-out",
    at("ca.crt"),
    "-addext",
    "keyUsage=critical,keyCertSign,cRLSign",
  ]);
  await run("openssl", [
    "req",
    ...curve,
    "-subj",
    "/CN=localhost",
    "-keyout",
    at("server.key"),
    "-out",
    at("server.csr"),
  ]);
  await writeFile(at("extensions.cnf"), extensions);
  await run("openssl", [
    "x509",
    "-req",
    "-days",
    "30",
    "-in",
    at("server.csr"),
    "-CA",
    at("ca.crt"),
    "-CAkey",
    at("ca.key"),
    "-CAcreateserial",
    "-extfile",
    at("extensions.cnf"),
    "-out",
    at("server.pem"),
  ]);
  return { ca: at("ca.crt"), certificate: at("server.pem"), key: at("server.key") };
}
