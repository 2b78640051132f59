import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { basename } from 'node:path'

const windows = process.platform === 'win32'

/** How long npm may take to end by itself before it is killed. */
const graceMs = 500

const arguments_ = [
  'ci',
  '--no-audit',
  '--no-fund',
  // No package needs a script of its own, and so nothing is downloaded from anywhere but the
  // registry.
  '--ignore-scripts',
  // The rest undoes settings of a learner's own npm which would leave packages out or refuse them:
  // omit, NODE_ENV, engine-strict (the packages' engines mean the pinned Node, npm compares its
  // own), package-lock, json.
  '--include=dev',
  '--include=optional',
  '--include=peer',
  '--engine-strict=false',
  '--package-lock=true',
  '--json=false',
  // Kept in the log only: at this level it tells which optional packages were left out, and which
  // downloads failed.
  '--loglevel=verbose',
  // npm's own pauses add up to 70 s before it tells somebody without a network; these to 8 s, with
  // more attempts.
  '--fetch-retries=4',
  '--fetch-retry-factor=2',
  '--fetch-retry-mintimeout=500',
]

/**
 * Starts `npm ci` with the npm that runs this script, or else the one on the PATH.
 *
 * @param {string} root absolute path of the workshop
 * @returns {{
 *   pid: number | undefined,
 *   done: Promise<{ code: number | null, signal: string | null, missing: boolean,
 *     output: string }>,
 *   stop: () => Promise<void>,
 *   isStopped: () => boolean
 * }} `stop` ends npm and all its children, and waits until they have ended
 */
export function startNpmCi(root) {
  const { file, args, shell } = npmCommand()
  const child = spawn(file, args, {
    cwd: root,
    shell,
    // A process group of its own, so that all of it can be ended at once; a terminal's Ctrl-C
    // reaches it through us.
    detached: !windows,
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
  })
  let output = ''
  let stopped = false
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      output += text
    })
  }
  const killAll = () => endGroup(child, 'SIGKILL')
  process.on('exit', killAll)
  const done = new Promise((resolve) => {
    const settle = (code, signal, missing) => {
      process.off('exit', killAll)
      resolve({ code, signal, missing, output })
    }
    child.on('error', (error) => {
      output += error.message
      settle(null, null, error.code === 'ENOENT')
    })
    child.on('close', (code, signal) => settle(code, signal, code === 127 || code === 9009))
  })
  const stop = async () => {
    stopped = true
    endGroup(child, 'SIGTERM')
    const timer = setTimeout(killAll, graceMs)
    await done
    clearTimeout(timer)
    // npm has ended, but what it started may have taken no notice.
    killAll()
  }
  return { pid: child.pid, done, stop, isStopped: () => stopped }
}

function npmCommand() {
  const cli = process.env.npm_execpath ?? ''
  if (basename(cli) === 'npm-cli.js' && existsSync(cli)) {
    // npm's own Node rather than ours: ours may be the pinned one, which `npm ci` is about to
    // delete.
    const node = process.env.npm_node_execpath
    return { file: node && existsSync(node) ? node : process.execPath, args: [cli, ...arguments_] }
  }
  // npm is a batch file on Windows, which only a shell can start; one string, as Node asks for with
  // a shell.
  if (windows) return { file: ['npm.cmd', ...arguments_].join(' '), args: [], shell: true }
  return { file: 'npm', args: arguments_ }
}

function endGroup(child, signal) {
  if (child.pid === undefined) return
  try {
    if (windows) spawnSync('taskkill', ['/pid', String(child.pid), '/t', '/f'])
    else process.kill(-child.pid, signal)
  } catch {
    // Ended already.
  }
}
