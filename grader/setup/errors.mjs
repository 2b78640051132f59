/**
 * What can go wrong before the grader starts: what happened, why it usually does, and what to do.
 * `{command}` becomes the command that the learner typed. Plain JavaScript, since it is read on a
 * Node that cannot run the grader yet.
 */
export const setupErrors = {
  E_OFFLINE: {
    message: 'The packages could not all be downloaded.',
    cause:
      'This machine cannot reach the npm registry, or lost it midway: no network, or a proxy or ' +
      'firewall in between.',
    next: 'Check that a browser on this machine reaches the internet, then run {command} again.',
  },
  E_INSTALL_DISK: {
    message: 'There is not enough disk space for the packages.',
    cause: 'The disk is full, or your quota on it is used up.',
    next: 'Free about 1 GB (`npm cache clean --force` helps), then run {command} again.',
  },
  E_INSTALL_PERMISSION: {
    message: 'The packages could not be written to node_modules.',
    cause:
      'This folder or npm’s cache belongs to another user (after a sudo, say), is read-only, or ' +
      'another program keeps a file in it open.',
    next:
      'Make this folder and npm’s cache (`npm config get cache`) your own, then run {command} ' +
      'again.',
  },
  E_INSTALL_LOCKFILE: {
    message: 'The file package-lock.json does not fit package.json.',
    cause: 'One of the two was edited, or a merge left them out of step.',
    next: 'Type `git checkout package.json package-lock.json`, then run {command} again.',
  },
  E_INSTALL_FAILED: {
    message: 'npm could not install the packages.',
    cause: 'npm’s own last lines, below, say why.',
    next:
      'Run {command} again; if it fails the same way, show the lines below to whoever gives ' +
      'the workshop.',
  },
  E_NPM_MISSING: {
    message: 'npm was not found.',
    cause: 'Node is installed without npm, or npm is not on the PATH of this terminal.',
    next:
      'Install Node with npm from https://nodejs.org, open a new terminal, then run {command} ' +
      'again.',
  },
  E_PLATFORM: {
    message: 'The Node that this workshop grades with does not run on this machine.',
    cause:
      'It exists for Linux with glibc 2.28 or newer (x64, arm64), macOS (x64, arm64) and Windows ' +
      '(x64); not for Alpine Linux, for one.',
    next: 'Run {command} on such a machine; in a container, use an image like node:lts-slim.',
  },
}

/** An expected failure of the set-up: one paragraph for the learner, never a stack. */
export class SetupError extends Error {
  /**
   * @param {keyof typeof setupErrors} code
   * @param {string[]} [details] lines of what was seen, printed last
   */
  constructor(code, details = []) {
    super(setupErrors[code].message)
    this.name = 'SetupError'
    this.code = code
    this.details = details
  }

  /** @returns {string} the code, what happened, the likely cause and what to type next */
  explain() {
    const { message, cause, next } = setupErrors[this.code]
    return [
      `${this.code}: ${message}`,
      `  Why:  ${cause}`,
      `  Next: ${next.replace('{command}', `\`${typedCommand()}\``)}`,
      ...this.details.map((line) => `  ${line}`),
    ].join('\n')
  }
}

function typedCommand() {
  const [command = 'grade', ...rest] = process.argv.slice(2)
  // npm keeps options to itself unless a -- stands before them.
  const dashes = rest.some((word) => word.startsWith('-')) ? ['--'] : []
  return ['npm run', command, ...dashes, ...rest].join(' ')
}
