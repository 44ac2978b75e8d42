import { writeExampleFiles } from './files.ts';

/** `node examples/write.ts <folder> [date]`: writes the example files, to look at or to import by hand. */
const [folder, today = new Date().toISOString().slice(0, 10)] = process.argv.slice(2);
if (folder === undefined) {
  console.error('Say where: node examples/write.ts <folder> [YYYY-MM-DD]');
  process.exit(1);
}
for (const { path } of await writeExampleFiles(folder, today)) console.log(path);
