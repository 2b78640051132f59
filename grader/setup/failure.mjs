import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { SetupError } from './errors.mjs'

const networkCodes = [
  'ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ECONNABORTED|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH',
  'EPROTO|ENOTCACHED|E407|ERR_SOCKET_TIMEOUT|FETCH_ERROR',
  // A proxy that opens encrypted connections shows a certificate which npm does not know.
  'CERT_[A-Z_]+|[A-Z_]*SELF_SIGNED_CERT[A-Z_]*|UNABLE_TO_[A-Z_]+',
]

// The first that fits wins. npm 10 and newer mark their lines with "npm error", older ones with
// "npm ERR!".
const kinds = [
  ['E_INSTALL_DISK', /\b(ENOSPC|EDQUOT)\b/],
  ['E_INSTALL_PERMISSION', /\b(EACCES|EPERM|EROFS|EBUSY)\b/],
  ['E_OFFLINE', new RegExp(`\\b(${networkCodes.join('|')})\\b`)],
  ['E_INSTALL_LOCKFILE', /\b(EUSAGE|EJSONPARSE)\b/],
]

const proxyVariables = [
  'HTTPS_PROXY',
  'https_proxy',
  'HTTP_PROXY',
  'http_proxy',
  'ALL_PROXY',
  'npm_config_https_proxy',
  'npm_config_proxy',
  'npm_config_registry',
]

/**
 * The learner's words for a failed installation. npm's whole output is kept in
 * .workshop/install.log.
 *
 * @param {string} root absolute path of the workshop
 * @param {string} output what npm, or the file system, said
 * @param {{ missing?: boolean, signal?: string | null, leftOut?: string[] }} [end] how npm ended, and
 *   which packages it left out
 * @returns {SetupError}
 */
export function failureOf(root, output, end = {}) {
  if (end.missing) return new SetupError('E_NPM_MISSING')
  const lines = output.split('\n')
  const errors = lines.filter((line) => /^npm (error|ERR!)|^(?!npm )/.test(line))
  // npm names the reason in a line of its own; its other lines may mention more, as names of
  // packages or as attempts that succeeded later. Only where it saw no error, and left something
  // out, these are all there is.
  const named = errors.find((line) => /^npm (error|ERR!) code /.test(line))
  const hints = lines.filter((line) => /TAR_ENTRY_ERROR|attempt \d+ failed with/.test(line))
  const code =
    kindOf(named ?? '') ??
    kindOf(errors.join('\n')) ??
    (named ? undefined : kindOf(hints.join('\n'))) ??
    // Of a download that breaks off midway npm says nothing at all.
    (end.leftOut ? 'E_OFFLINE' : 'E_INSTALL_FAILED')

  const details = []
  if (code === 'E_OFFLINE') details.push(...proxySettings())
  if (end.leftOut?.length) details.push(`Not downloaded: ${end.leftOut.join(', ')}`)
  if (end.signal) details.push(`npm was ended by ${end.signal}.`)
  if (code === 'E_INSTALL_FAILED') details.push(...lastLines(output, 15))
  const log = keepLog(root, output)
  if (log) details.push(`All that npm said: ${log}`)
  return new SetupError(code, details)
}

function kindOf(text) {
  return kinds.find(([, pattern]) => pattern.test(text))?.[0]
}

// Names only: the address of a proxy often holds a password.
function proxySettings() {
  const set = proxyVariables.filter((name) => process.env[name])
  return set.length > 0
    ? [`Set here, and used by npm: ${set.join(', ')}. Is it right for this network?`]
    : []
}

function lastLines(output, count) {
  // The engines that npm warns of are those of its own Node, which runs none of the packages.
  const noise = /^npm (verbose|info|http|silly|notice)\b|EBADENGINE|^\s*$/
  const told = output.split('\n').filter((line) => !noise.test(line))
  return told.slice(-count)
}

function keepLog(root, output) {
  try {
    writeFileSync(join(root, '.workshop', 'install.log'), output)
    return join('.workshop', 'install.log')
  } catch {
    return undefined
  }
}
