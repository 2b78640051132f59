import { rmSync } from 'node:fs'
import { describe, expect } from 'vitest'
import { type LoadedStep, loadSteps } from '../../catalogue/load-steps.ts'
import { isPristine, starterOf } from '../../catalogue/starter.ts'
import type { Mini } from '../mini.ts'
import { test } from '../mini-test.ts'

const second = async (mini: Mini) => (await loadSteps(mini.root))[1] as LoadedStep

describe('the starting version', () => {
  test('when it is made, then it is the TODO lines and the baseline’s module', async ({ mini }) => {
    const step = await second(mini)
    const starter = starterOf({ ...step, todo: ['TODO one', '', 'two'] })
    const naive = mini.read('steps/step-01-baseline/greeting.ts')
    expect(starter).toBe(`// TODO one\n//\n// two\n\n${naive}`)
  })

  test('when the file is as it was delivered, then it is pristine', async ({ mini }) => {
    expect(isPristine(await second(mini))).toBe(true)
  })

  test('when git or an editor changed its line endings, then it is pristine', async ({ mini }) => {
    const step = await second(mini)
    mini.write(step.files.work, `${mini.read(step.files.work).replaceAll('\n', '\r\n')}\r\n`)
    expect(isPristine(step)).toBe(true)
  })

  test('when a line is changed, or the file is gone, then it is not', async ({ mini }) => {
    const step = await second(mini)
    mini.edit(step.files.work, 'end(greeting)', "end('Hi')")
    expect(isPristine(step)).toBe(false)
    rmSync(mini.path(step.files.work))
    expect(isPristine(step)).toBe(false)
  })
})
