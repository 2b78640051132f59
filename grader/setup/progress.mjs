import { lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'

const terminalEveryMs = 250
const plainEveryMs = 10_000
/** Between two looks at the disk, so that the looking does not slow the installation. */
const measureEveryMs = 1000

/**
 * Shows on stderr that something goes on: one line that is rewritten on a terminal, otherwise a
 * line each 10 s.
 *
 * @param {string} label
 * @param {() => Promise<number>} [measure] megabytes so far
 * @param {number} [expected] megabytes in the end
 * @returns {() => void} ends it, and clears the line; may be called again
 */
export function showProgress(label, measure, expected) {
  const terminal = process.stderr.isTTY && process.env.TERM !== 'dumb'
  const startedMs = Date.now()
  let megabytes = 0
  let ended = false
  const look = async () => {
    megabytes = Math.max(megabytes, await measure())
    if (!ended) setTimeout(look, measureEveryMs).unref()
  }
  if (measure) look()
  const timer = setInterval(
    () => {
      const seconds = Math.floor((Date.now() - startedMs) / 1000)
      const size = measure ? `, ${Math.round(megabytes)} of about ${expected} MB` : ''
      const line = `${label}… ${seconds} s${size}`
      process.stderr.write(terminal ? `\r${line}\x1b[K` : `${line}\n`)
    },
    terminal ? terminalEveryMs : plainEveryMs,
  )
  return () => {
    clearInterval(timer)
    if (!ended && terminal) process.stderr.write('\r\x1b[K')
    ended = true
  }
}

/**
 * What is in node_modules already. Files that come and go while it looks count as nothing.
 *
 * @param {string} root absolute path of the workshop
 * @returns {Promise<number>} in megabytes
 */
export async function installedMegabytes(root) {
  return (await bytesIn(join(root, 'node_modules'))) / 1_000_000
}

async function bytesIn(folder) {
  try {
    let bytes = 0
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) bytes += await bytesIn(path)
      else
        bytes += await lstat(path).then(
          ({ size }) => size,
          () => 0,
        )
    }
    return bytes
  } catch {
    return 0
  }
}
