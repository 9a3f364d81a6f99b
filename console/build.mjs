// Builds the console, or checks it: `node build.mjs` and `node build.mjs test`. Maven calls it.
// Does nothing when nothing changed since.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const home = dirname(fileURLToPath(import.meta.url));
const web = join(home, 'target/classes/io/cromford/console/web');
const vite = join(home, 'node_modules/vite/bin/vite.js');

function fail(message, advice) {
  console.error(`console: ${message}\nMaybe ${advice}`);
  process.exit(1);
}

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  fail(`Node.js ${process.versions.node} is too old: the console needs 20.19 or newer.`, 'install a newer one.');
}

function run(command, args) {
  const done = spawnSync(command, args, { cwd: home, stdio: 'inherit' });
  if (done.error) {
    fail(`\`${command}\` cannot be run: ${done.error.message}.`, 'install Node.js with npm (Debian: apt-get install nodejs npm).');
  }
  if (done.status !== 0) {
    process.exit(done.status ?? 1);
  }
}

/** The files below a folder, in one order everywhere. */
function files(folder) {
  return readdirSync(join(home, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

/** A hash over the content of files: what a build was made of. */
function hash(paths) {
  const sum = createHash('sha256');
  for (const path of paths) {
    sum.update(path.slice(home.length)).update('\0').update(readFileSync(path)).update('\0');
  }
  return sum.digest('hex');
}

/** Runs work unless it was done on the same content before. */
function once(name, of, work) {
  const stamp = join(home, 'target/console', name);
  const now = hash(of);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === now) {
    return;
  }
  rmSync(stamp, { force: true });
  work();
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, now);
}

const settings = ['package.json', 'package-lock.json', 'tsconfig.json', 'vite.config.ts', 'build.mjs'].map((name) => join(home, name));
// What console and reports share.
const look = join(home, '../training/src/main/resources/io/cromford/training/report/look.css');
// What the console shows of it in place.
const runbook = join(home, '../docs/alarms.md');

if (!existsSync(vite) || !existsSync(join(home, 'target/console/packages'))) {
  rmSync(join(home, 'target/console/packages'), { force: true });
}
once('packages', settings.slice(0, 2), () => run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']));

// What the console is held against: each kind of alarm has its station.
const kinds = [
  'docs/monitors.md', 'docs/alarms.md',
  'flywheel/src/main/java/io/cromford/flywheel/monitor/MonitorKind.java', 'serving/src/main/java/io/cromford/serving/AlarmKind.java',
].map((name) => join(home, '..', name));

if (process.argv[2] === 'test') {
  once('tested', [...settings, look, runbook, ...kinds, ...files('src/main/web'), ...files('src/test/web')], () => {
    run('node', ['node_modules/typescript/bin/tsc', '--noEmit']);
    run('node', [vite, 'build', '--mode', 'test', '--logLevel', 'warn']);
    const tests = files('target/web-test').filter((path) => path.endsWith('.test.js'));
    run('node', ['--test', '--test-reporter=dot', ...tests]);
  });
} else {
  if (!existsSync(join(web, 'files.txt'))) {
    rmSync(join(home, 'target/console/built'), { force: true });
  }
  once('built', [...settings, look, runbook, ...files('src/main/web')], () => {
    run('node', [vite, 'build', '--logLevel', 'warn']);
    const built = files('target/classes/io/cromford/console/web').map((path) => path.slice(web.length + 1));
    writeFileSync(join(web, 'files.txt'), built.join('\n') + '\n');
  });
}
