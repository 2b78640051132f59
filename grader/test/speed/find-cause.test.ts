import { existsSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { findCause } from '../../load/find-cause.ts'
import { pingGate, plantedLine, withPlanted } from './planted.ts'

describe('the cause of a slow server', () => {
  test.for([
    ['crypto-sync', 'signatureOf', 'pbkdf2Sync'],
    ['huge-json', 'measureCatalogue', ''],
    ['regular-expression', 'accepts', ''],
    ['not-erasable', 'signatureOf', 'pbkdf2Sync'],
  ] as const)(
    'when %s blocks it, then the report names the function and the line',
    async ([name, functionName, callee]) => {
      await withPlanted(name, async (plan) => {
        const cause = await findCause(pingGate, plan, plan.folder)
        const { file, line } = plantedLine(name)
        const [worst] = cause.functions
        expect(worst).toMatchObject({ name: expect.stringContaining(functionName), file, line })
        if (callee) expect(worst?.callee).toBe(callee)
        expect(worst?.share).toBeGreaterThan(0.5)
        expect(cause.sentence).toContain(`${name}.ts:${line} held the event loop for`)
        expect(cause.utilization).toBeGreaterThan(0.5)
        expect(existsSync(cause.profileFile)).toBe(true)
      })
    },
  )

  test('when it waits rather than works, then it blames nobody', async () => {
    await withPlanted('innocent', async (plan) => {
      const cause = await findCause(pingGate, plan, plan.folder)
      expect(cause.functions).toEqual([])
      expect(cause.sentence).toContain('no function of your file')
      expect(cause.utilization).toBeLessThan(0.5)
    })
  })
})
