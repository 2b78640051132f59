import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { describe, expect } from 'vitest'
import type { Mini } from '../mini.ts'
import { test } from '../mini-test.ts'

const work = 'steps/step-02-greeting/greeting.ts'
const keptIn = '.workshop/kept/step-02-greeting'

const kept = (mini: Mini): string[] =>
  existsSync(mini.path(keptIn))
    ? readdirSync(mini.path(keptIn))
        .sort()
        .map((name) => mini.read(`${keptIn}/${name}`))
    : []

describe.concurrent('reset', () => {
  test('when there is no terminal to ask, then nothing changes and "yes" is named', async ({
    mini,
  }) => {
    mini.learnerSolves('// mine')
    const before = mini.read(work)
    const { code, stdout } = await mini.run('reset 2')
    expect(code).toBe(1)
    expect(stdout).toContain('Nothing was changed. Without a terminal, say: npm run reset step-02')
    expect(mini.read(work)).toBe(before)
    expect(kept(mini)).toEqual([])
  })

  test('when "yes" is said, then the old version is kept byte by byte', async ({ mini }) => {
    const starter = mini.read(work)
    const bytes = Buffer.from([0x2f, 0x2f, 0xff, 0x00, 0x0d, 0x0a, 0xc3])
    writeFileSync(mini.path(work), bytes)
    const { code, stdout } = await mini.run('reset 2 yes')
    expect(code).toBe(0)
    const name = /kept as (\S+)/.exec(stdout)?.[1] ?? ''
    expect(name).toMatch(
      /^\.workshop\/kept\/step-02-greeting\/greeting\.\d{4}-\d\d-\d\d-\d{6}\.ts$/,
    )
    expect(readFileSync(mini.path(name))).toEqual(bytes)
    expect(mini.read(work)).toBe(starter)
  })

  test('when it is done often at the same time, then every version is kept', async ({ mini }) => {
    const versions = ['// one', '// two', '// three', '// four']
    for (const text of versions) {
      mini.learnerWrites(text)
      await mini.run('reset 2 yes')
    }
    expect(kept(mini).sort()).toEqual(versions.toSorted())
  })

  test('when the file is the starting version, then nothing is done', async ({ mini }) => {
    const { code, stdout } = await mini.run('reset 2 yes')
    expect(code).toBe(0)
    expect(stdout).toContain('is the starting version already')
    expect(kept(mini)).toEqual([])
  })

  test('when only the line endings differ, then it counts as the starting version', async ({
    mini,
  }) => {
    mini.learnerWrites(mini.read(work).replaceAll('\n', '\r\n'))
    expect((await mini.run('reset 2 yes')).stdout).toContain('already')
  })

  test('when the file is gone, then it is brought back', async ({ mini }) => {
    const starter = mini.read(work)
    rmSync(mini.path(work))
    const { code, stdout } = await mini.run('reset 2 yes')
    expect(code).toBe(0)
    expect(stdout).not.toContain('kept')
    expect(mini.read(work)).toBe(starter)
  })

  test('when no step is named, or one that ships finished, then it is wrong usage', async ({
    mini,
  }) => {
    const none = await mini.run('reset')
    expect(none.code).toBe(2)
    expect(none.stderr).toContain('Which step?')
    const finished = await mini.run('reset 1')
    expect(finished.code).toBe(2)
    expect(finished.stderr).toMatch(/^E_NO_LAYER/)
  })
})
