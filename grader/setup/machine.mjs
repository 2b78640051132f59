import { mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join, sep } from 'node:path'
import { SetupError } from './errors.mjs'

/**
 * Refuses a Linux without glibc before anything is installed: the pinned binary cannot run there,
 * and as npm puts it first on the PATH, every later `npm run` would end in the shell's own words,
 * before any of ours.
 *
 * @throws {SetupError} E_PLATFORM
 */
export function assertLibc() {
  if (process.platform !== 'linux' || !process.report) return
  // Without this the report looks up the names of open connections, which may take seconds.
  process.report.excludeNetwork = true
  if (process.report.getReport().header.glibcVersionRuntime) return
  throw new SetupError('E_PLATFORM', ['This Linux has no glibc.'])
}

/**
 * How many packages package-lock.json asks for on this machine.
 *
 * @param {string} root absolute path of the workshop
 * @returns {number}
 */
export function packageCount(root) {
  try {
    const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
    return Object.keys(packages).filter((path) => path !== '' && fitsMachine(packages[path])).length
  } catch {
    throw new SetupError('E_INSTALL_LOCKFILE', ['package-lock.json cannot be read.'])
  }
}

/**
 * Whether a package is made for this machine. Of the C libraries of Linux only glibc gets as far as
 * this.
 *
 * @param {{ os?: Names, cpu?: Names, libc?: Names }} entry of package-lock.json
 * @typedef {string | string[]} Names
 * @returns {boolean}
 */
export function fitsMachine({ os, cpu, libc }) {
  const fits = (wanted, here) => !wanted || [wanted].flat().includes(here)
  return fits(os, process.platform) && fits(cpu, process.arch) && fits(libc, 'glibc')
}

/**
 * Windows refuses to delete a running program, and `npm ci` deletes all of node_modules, of which
 * this very process may be part. A running program may be renamed, though.
 *
 * @param {string} root absolute path of the workshop
 */
export function moveRunningBinaryAside(root) {
  if (process.platform !== 'win32') return
  const aside = join(root, '.workshop', 'old-node')
  try {
    rmSync(aside, { recursive: true, force: true })
    if (!process.execPath.startsWith(join(root, 'node_modules') + sep)) return
    mkdirSync(aside, { recursive: true })
    renameSync(process.execPath, join(aside, `node-${process.pid}.exe`))
  } catch {
    // Then npm says what it cannot delete, and that is explained like any other failure.
  }
}
