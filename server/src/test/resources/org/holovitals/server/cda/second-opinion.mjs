// Converts each C-CDA document of a folder by @medplum/ccda, which has to be in node_modules of the working directory:
//   node second-opinion.mjs FOLDER OUT
import { createRequire } from 'node:module';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

// It names a class of browsers that older versions of node have not, and does not use it here.
globalThis.WebSocket ??= class {};
const { convertCcdaToFhir, convertXmlToCcda } = createRequire(join(process.cwd(), 'x.js'))('@medplum/ccda');
const [folder, out] = process.argv.slice(2);

mkdirSync(out, { recursive: true });
for (const name of readdirSync(folder).filter((file) => file.toLowerCase().endsWith('.xml'))) {
  let answer;
  try {
    answer = convertCcdaToFhir(convertXmlToCcda(readFileSync(join(folder, name), 'utf8')), { ignoreUnsupportedSections: true });
  } catch (problem) {
    answer = { error: String(problem) };
  }
  writeFileSync(join(out, name + '.json'), JSON.stringify(answer));
}
