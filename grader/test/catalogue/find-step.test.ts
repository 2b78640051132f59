import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { findStep } from '../../catalogue/find-step.ts'
import { type LoadedStep, loadSteps } from '../../catalogue/load-steps.ts'
import { nearest } from '../../catalogue/nearest.ts'
import { conditionsOf, variantOf, variantsOf } from '../../catalogue/target.ts'

let steps: LoadedStep[]
const step = (number: number) => steps[number - 1] as LoadedStep
beforeAll(async () => {
  steps = await loadSteps(join(import.meta.dirname, '../mini-workshop'))
})

describe('findStep', () => {
  test.for([
    'step-02',
    'step-2',
    'step2',
    'step02',
    '2',
    '02',
    ' 2 ',
    'greeting',
    'GREETING',
    'step-02-greeting',
    'steps/step-02-greeting',
    './steps/step-02-greeting/greeting.ts',
    '.\\steps\\step-02-greeting\\',
  ])('when step 02 is called %j, then it is found', (name) => {
    expect(findStep(steps, name).id).toBe('step-02')
  })

  test('when only the folder has the name, then it is found by it too', () => {
    expect(findStep(steps, 'baseline').id).toBe('step-01')
    expect(findStep(steps, 'ping').id).toBe('step-01')
  })

  test.for<[string, string]>([
    ['greting', 'Did you mean step-02 (greeting)?'],
    ['step-99', 'There are: step-01, step-02.'],
    ['0', 'There are: step-01, step-02.'],
    ['something else', 'There are: step-01, step-02.'],
  ])('when it is called %j, then the suggestion is %j', ([name, suggestion]) => {
    expect(() => findStep(steps, name)).toThrow(
      expect.objectContaining({ code: 'E_UNKNOWN_STEP', next: suggestion }),
    )
  })
})

describe('nearest', () => {
  const commands = ['grade', 'hint', 'progress', 'start', 'diff', 'reset', 'check']

  test.for([
    ['grad', 'grade'],
    ['hnt', 'hint'],
    ['pogress', 'progress'],
    ['chekc', undefined],
    ['deploy', undefined],
    ['', undefined],
  ])('when %j is typed, then %j is meant', ([word, meant]) => {
    expect(nearest(word ?? '', commands)).toBe(meant)
  })
})

describe('conditionsOf', () => {
  test('when step 02 is graded, then its layer is the learner’s or the reference', () => {
    expect(conditionsOf(steps, step(2), 'mine')).toEqual(['mine-02'])
    expect(conditionsOf(steps, step(2), 'solution')).toEqual(['done-02'])
    expect(conditionsOf(steps, step(2), 'starter')).toEqual([])
    expect(conditionsOf(steps, step(1), 'mine')).toEqual([])
  })

  test('when a later step is graded, then earlier layers are by reference', () => {
    const third = { ...step(2), id: 'step-03', number: 3 }
    expect(conditionsOf([...steps, third], third, 'mine')).toEqual(['done-02', 'mine-03'])
  })
})

describe('variantsOf', () => {
  test('when variants are read, then right ones come first, with what catches the others', () => {
    const variants = variantsOf(step(2)).map(({ target, caughtBy }) => [target, caughtBy])
    expect(variants).toHaveLength(9)
    expect(variants[0]).toEqual(['right/later', undefined])
    expect(variants).toContainEqual(['wrong/tires', 'load:bad-answers'])
    expect(variantOf(step(2), 'wrong/tires')?.specifier).toBe('#greeting')
    expect(variantOf(step(2), 'mine')).toBeUndefined()
  })
})
