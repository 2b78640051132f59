import { mkdirSync, readFileSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { uptime } from 'node:os'
import { join, relative } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { showProgress } from './progress.mjs'

/** How long a holder may take between making the folder and writing its pid into it. */
const pidlessMs = 5000

/**
 * Makes sure that one command at a time installs. Making a folder is the one step that no two
 * processes can both do.
 *
 * @param {string} path of the folder which is the lock; its parent must exist
 * @returns {Promise<{ addHolder: (pid: number | undefined) => void, release: () => void }>} once
 *   no other holds it; it is released at the end of the process as well. While a holder that was
 *   added lives, the lock is not stale.
 */
export async function acquireLock(path) {
  let stopProgress
  while (!take(path)) {
    if (!stopProgress) {
      const shown = relative(process.cwd(), path)
      console.error('Another command is installing the packages right now; waiting for it.')
      console.error(`(If none is: Ctrl-C, delete the folder ${shown}, and run the command again.)`)
      stopProgress = showProgress('Waiting')
    }
    await sleep(200)
  }
  stopProgress?.()
  const holders = [process.pid]
  const release = () => {
    process.off('exit', release)
    rmSync(path, { recursive: true, force: true })
  }
  process.on('exit', release)
  const addHolder = (pid) => {
    holders.push(pid)
    writeFileSync(join(path, 'pid'), holders.join(' '))
  }
  return { addHolder, release }
}

function take(path) {
  const pidFile = join(path, 'pid')
  try {
    mkdirSync(path)
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
    return isStale(path) && takeOver(path)
  }
  writeFileSync(pidFile, String(process.pid))
  return true
}

// Of several who see the same dead holder one makes the inner folder; whoever makes it later finds
// a live holder.
function takeOver(path) {
  const inner = join(path, 'takeover')
  try {
    mkdirSync(inner)
  } catch {
    return false
  }
  const stale = isStale(path)
  if (stale) writeFileSync(join(path, 'pid'), String(process.pid))
  rmdirSync(inner)
  return stale
}

function isStale(path) {
  try {
    const { mtimeMs } = statSync(path)
    // A process id from before the machine started says nothing.
    if (mtimeMs < Date.now() - uptime() * 1000) return true
    const pids = pidsIn(path)
    return pids.length === 0 ? Date.now() - mtimeMs > pidlessMs : !pids.some(isAlive)
  } catch {
    // Released between two looks.
    return false
  }
}

function pidsIn(path) {
  try {
    return readFileSync(join(path, 'pid'), 'utf8').split(' ').map(Number).filter(Boolean)
  } catch {
    return []
  }
}

function isAlive(pid) {
  // In a container each start counts from 1 again, so the dead holder may have had our own id.
  if (pid === process.pid) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}
