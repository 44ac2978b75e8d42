import { join } from 'node:path';
import { takeScreenshots } from './screenshots.ts';

/** The part of `npm run screenshots` that needs a browser: a program of its own, for its types are those of a page. */
const [folder = 'screenshots', only = ''] = process.argv.slice(2);
const count = await takeScreenshots(folder, only, (line) => console.log(`  ${line}`));
console.log(`\n${count} pictures: open ${join(folder, 'index.html')}`);
