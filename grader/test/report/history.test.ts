import { appendFileSync } from 'node:fs'
import { describe, expect } from 'vitest'
import { history, passedSteps, remember } from '../../report/history.ts'
import type { Mini } from '../mini.ts'
import { test } from '../mini-test.ts'

const grade = (step: string, verdict: 'pass' | 'fail') =>
  ({ event: 'grade', step, verdict, held: 1, checks: 1 }) as const
const append = (mini: Mini, text: string) =>
  appendFileSync(mini.path('.workshop/history.jsonl'), text)

describe('history', () => {
  test('when nothing happened, then it is empty', ({ mini }) => {
    expect(history(mini.root)).toEqual([])
  })

  test('when things happened, then they are in their order, with their time', ({ mini }) => {
    remember(mini.root, grade('step-01', 'pass'))
    remember(mini.root, { event: 'hint', step: 'step-02', shown: 1 })
    const events = history(mini.root)
    expect(events).toMatchObject([{ event: 'grade' }, { event: 'hint', shown: 1 }])
    expect(events[0]?.at).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
  })

  test.for(['{"at":"2026-', 'null', '42', '"text"', '\0\0\0'])(
    'when a line is damaged (%j), then the others count',
    (damage, { mini }) => {
      remember(mini.root, grade('step-01', 'pass'))
      append(mini, `${damage}\n`)
      remember(mini.root, grade('step-02', 'pass'))
      expect([...passedSteps(history(mini.root))]).toEqual(['step-01', 'step-02'])
    },
  )

  test('when the last line broke off, then the next event is not lost with it', ({ mini }) => {
    remember(mini.root, grade('step-01', 'pass'))
    append(mini, '{"at":"2026-')
    remember(mini.root, grade('step-02', 'pass'))
    expect([...passedSteps(history(mini.root))]).toEqual(['step-01', 'step-02'])
  })

  test('when a step failed after its pass, then it stays passed', ({ mini }) => {
    remember(mini.root, grade('step-01', 'pass'))
    remember(mini.root, grade('step-01', 'fail'))
    remember(mini.root, grade('step-02', 'fail'))
    expect([...passedSteps(history(mini.root))]).toEqual(['step-01'])
  })
})
