// A tiny workshop in a temporary folder for testing the set-up: the real run.mjs and setup/, a
// main.ts that reports how it was started, and an npm that does what its FAKE_NPM says. No network.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  copyFileSync,
  cpSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { pinnedNode } from '../setup/pinned-node.mjs'

const repository = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

/** The real one, which stands in for the one that the fake npm installs. */
export const pinned = pinnedNode(repository)

const mainSource = `
const report = { version: process.version, execPath: process.execPath, pid: process.pid,
  args: process.argv.slice(2), parentIpc: process.env['WORKSHOP_PARENT_IPC'] ?? null }
console.log(JSON.stringify(report))
const [how] = report.args
if (how === 'wait') {
  process.on('disconnect', () => process.exit(1))
  process.on('SIGTERM', () => process.exit(7))
  setInterval(() => {}, 1000)
}
if (how === 'fail') process.exitCode = 3
if (how === 'abort') process.kill(process.pid, 'SIGABRT')
`

const npmSource = `
const fs = require('node:fs')
const { spawn } = require('node:child_process')
const { FAKE_NPM: how, FAKE_NODE: node, FAKE_PACKAGE: name } = process.env
fs.appendFileSync(__dirname + '/runs', process.argv.slice(2).join(' ') + '\\n')
fs.rmSync('node_modules', { recursive: true, force: true })
const install = (list) => {
  fs.mkdirSync('node_modules/' + name + '/bin', { recursive: true })
  fs.symlinkSync(node, 'node_modules/' + name + '/bin/' + require('node:path').basename(node))
  fs.writeFileSync('node_modules/.package-lock.json', list ?? fs.readFileSync('package-lock.json'))
}
if (how === 'ok') setTimeout(install, Number(process.env.FAKE_MS ?? 0))
else if (how === 'hang') {
  const ignoring = 'process.on("SIGTERM", () => {}); setInterval(() => {}, 1000); console.log(1)'
  const child = spawn(process.execPath, ['-e', ignoring], { stdio: ['ignore', 'pipe', 'ignore'] })
  const pids = process.pid + ' ' + child.pid
  child.stdout.once('data', () => fs.writeFileSync(__dirname + '/pids', pids))
  setInterval(() => {}, 1000)
} else if (how === 'optional left out') {
  install('{ "packages": {} }')
  console.error('npm verbose reify failed optional dependency')
} else if (how === 'half-written') {
  install()
  console.error('npm warn tar TAR_ENTRY_ERROR ENOSPC: no space left on device, write')
} else {
  console.error(how)
  process.exitCode = 1
}
`

export type Ended = { code: number | null; signal: string | null; stdout: string; stderr: string }
export type Run = { child: ChildProcess; ended: Promise<Ended>; stdout: () => string }

export class SetupRoot {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), 'workshop-setup-')))
  readonly root = join(this.folder, 'workshop')
  /** A Node which is not the pinned one: the same program elsewhere, in case no other is here. */
  readonly strangerNode = join(this.folder, 'node')

  constructor() {
    const grader = join(this.root, 'grader')
    cpSync(join(repository, 'grader', 'setup'), join(grader, 'setup'), { recursive: true })
    copyFileSync(join(repository, 'grader', 'run.mjs'), join(grader, 'run.mjs'))
    mkdirSync(join(grader, 'cli'))
    writeFileSync(join(grader, 'cli', 'main.ts'), mainSource)
    copyFileSync(join(repository, 'package.json'), join(this.root, 'package.json'))
    this.changeLockfile('first')
    mkdirSync(join(this.folder, 'npm'))
    writeFileSync(join(this.folder, 'npm', 'npm-cli.js'), npmSource)
    try {
      linkSync(pinned.path, this.strangerNode)
    } catch {
      copyFileSync(pinned.path, this.strangerNode)
    }
  }

  path(...names: string[]): string {
    return join(this.root, ...names)
  }

  changeLockfile(name: string, version = pinned.version): void {
    const [os, cpu] = [process.platform, process.arch]
    const path = `node_modules/${pinned.packageName}`
    const packages = { '': {}, [path]: { version, os, cpu, optional: true } }
    writeFileSync(this.path('package-lock.json'), JSON.stringify({ name, packages }))
  }

  /** Starts `node grader/run.mjs …args`. */
  start(args: string[], env: NodeJS.ProcessEnv = {}, node = this.strangerNode): Run {
    const clean = Object.entries(process.env).filter(([name]) => !/^npm_|proxy$/i.test(name))
    const fake = {
      npm_execpath: join(this.folder, 'npm', 'npm-cli.js'),
      FAKE_NPM: 'ok',
      FAKE_NODE: pinned.path,
      FAKE_PACKAGE: pinned.packageName,
    }
    const child = spawn(node, [this.path('grader', 'run.mjs'), ...args], {
      cwd: this.root,
      env: { ...Object.fromEntries(clean), ...fake, ...env },
    })
    let stdout = ''
    let stderr = ''
    child.stdout.on('data', (text) => (stdout += text))
    child.stderr.on('data', (text) => (stderr += text))
    const ended = once(child, 'close').then(([code, signal]) => ({ code, signal, stdout, stderr }))
    return { child, ended, stdout: () => stdout }
  }

  run(args: string[], env: NodeJS.ProcessEnv = {}, node = this.strangerNode): Promise<Ended> {
    return this.start(args, env, node).ended
  }

  /** The arguments of each run of the fake npm. */
  npmRuns(): string[] {
    return this.lines('npm', 'runs')
  }

  lines(...names: string[]): string[] {
    try {
      return readFileSync(join(this.folder, ...names), 'utf8')
        .split('\n')
        .filter(Boolean)
    } catch {
      return []
    }
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }
}
