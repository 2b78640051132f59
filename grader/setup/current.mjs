import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fitsMachine } from './machine.mjs'
import { pinnedNode } from './pinned-node.mjs'

const markerOf = (root) => join(root, 'node_modules', '.workshop-install')

/**
 * Whether node_modules holds what package-lock.json asks for, in a few milliseconds. Contents are
 * compared and never times, because a git checkout gives every file a new time.
 *
 * @param {string} root absolute path of the workshop
 * @returns {boolean}
 */
export function isCurrent(root) {
  if (!existsSync(pinnedNode(root).path)) return false
  const lock = read(join(root, 'package-lock.json'))
  if (lock === undefined) return false
  if (read(markerOf(root)) === hash(lock)) return true
  // No marker of ours: somebody ran `npm ci` or `npm install`, which know nothing of it.
  if (missingPackages(root).length > 0) return false
  try {
    markCurrent(root)
  } catch {
    // A classroom may mount node_modules read-only. Then each run takes the slower way of a few
    // milliseconds more.
  }
  return true
}

/**
 * Notes that node_modules holds what package-lock.json asks for now.
 *
 * @param {string} root absolute path of the workshop
 */
export function markCurrent(root) {
  writeFileSync(markerOf(root), hash(readFileSync(join(root, 'package-lock.json'), 'utf8')))
}

/**
 * What package-lock.json asks for on this machine and node_modules lacks, by npm's own list of what
 * it installed. npm writes that list last, so an interrupted installation has none.
 *
 * Optional packages count too if they are made for this machine: all native binaries are such, the
 * pinned Node among them, and where one of those cannot be downloaded `npm ci` leaves it out and
 * still ends with success.
 *
 * @param {string} root absolute path of the workshop
 * @returns {string[]} paths as in package-lock.json
 */
export function missingPackages(root) {
  const wanted = packagesIn(join(root, 'package-lock.json'))
  const found = packagesIn(join(root, 'node_modules', '.package-lock.json'))
  return Object.keys(wanted).filter((path) => {
    const entry = wanted[path]
    if (path === '' || found[path]?.version === entry.version) return false
    return found[path] || !entry.optional || ((entry.os || entry.cpu) && fitsMachine(entry))
  })
}

function packagesIn(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages ?? {}
  } catch {
    return {}
  }
}

function read(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

// Line ends are left out of the hash, so that a clone on Windows and its mount in a container
// agree.
function hash(content) {
  return createHash('sha256').update(content.replaceAll('\r\n', '\n')).digest('hex')
}
