import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { isCurrent, markCurrent, missingPackages } from './current.mjs'
import { SetupError } from './errors.mjs'
import { failureOf } from './failure.mjs'
import { acquireLock } from './lock.mjs'
import { assertLibc, moveRunningBinaryAside, packageCount } from './machine.mjs'
import { startNpmCi } from './npm.mjs'
import { pinnedNode } from './pinned-node.mjs'
import { installedMegabytes, showProgress } from './progress.mjs'

/** What a shell reports for a program that ended by the signal. */
const exitCodes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 }

/**
 * Installs the packages of package-lock.json with `npm ci`, once for any number of commands at the
 * same time. All it says goes to stderr, because stdout belongs to the command that asked. On
 * Ctrl-C it ends npm and this process (130).
 *
 * @param {string} root absolute path of the workshop
 * @throws {SetupError}
 */
export async function install(root) {
  assertLibc()
  try {
    mkdirSync(join(root, '.workshop'), { recursive: true })
    const lock = await acquireLock(join(root, '.workshop', 'install.lock'))
    try {
      // Another command may have installed while this one waited.
      if (!isCurrent(root)) await installLocked(root, lock)
    } finally {
      lock.release()
    }
  } catch (error) {
    throw error.name === 'SetupError' || !error.code ? error : failureOf(root, error.message)
  }
}

async function installLocked(root, lock) {
  const pinned = pinnedNode(root)
  const megabytes = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).config
    ?.installMegabytes
  const reason = existsSync(join(root, 'node_modules'))
    ? 'node_modules is not complete, or not up to date.'
    : 'First run in this folder.'
  console.error(
    `${reason} Installing ${packageCount(root)} packages into node_modules: ${megabytes} MB on disk.\n` +
      `Node ${pinned.version} is one of them; your own Node (${process.version}) stays as it is.`,
  )
  rmSync(join(root, 'node_modules', '.workshop-install'), { force: true })
  moveRunningBinaryAside(root)

  const startedMs = Date.now()
  const npm = startNpmCi(root)
  lock.addHolder(npm.pid)
  const stopProgress = showProgress('Installing', () => installedMegabytes(root), megabytes)
  const forgetSignals = stopOnSignal(npm, stopProgress)
  const result = await npm.done
  stopProgress()
  // A signal that came in belongs to its handler, which ends the process.
  if (npm.isStopped()) await new Promise(() => {})
  forgetSignals()

  try {
    if (result.code !== 0) throw failureOf(root, result.output, result)
    assertComplete(root, result.output)
    assertStarts(pinned)
  } catch (error) {
    // Neither may the next run take npm's list for a finished installation, nor npm put a broken
    // Node on the PATH.
    for (const left of ['.package-lock.json', '.bin/node']) {
      rmSync(join(root, 'node_modules', left), { force: true })
    }
    throw error
  }
  markCurrent(root)
  console.error(`Installed in ${Math.round((Date.now() - startedMs) / 1000)} s.\n`)
}

function stopOnSignal(npm, stopProgress) {
  const stop = async (signal) => {
    await npm.stop()
    stopProgress()
    console.error('Installation stopped. The next command starts it again.')
    process.exit(exitCodes[signal])
  }
  for (const signal of Object.keys(exitCodes)) process.on(signal, stop)
  return () => {
    for (const signal of Object.keys(exitCodes)) process.off(signal, stop)
  }
}

// npm ends with success on a full disk, with half-written files, and where it could not download an
// optional package.
function assertComplete(root, output) {
  const leftOut = missingPackages(root)
  if (leftOut.length === 0 && !output.includes('TAR_ENTRY_ERROR')) return
  throw failureOf(root, output, { leftOut })
}

function assertStarts(pinned) {
  try {
    execFileSync(pinned.path, ['--version'], { stdio: ['ignore', 'pipe', 'pipe'] })
  } catch (error) {
    throw new SetupError('E_PLATFORM', [error.message])
  }
}
