import { findStep } from '../../catalogue/find-step.ts'
import type { Target } from '../../catalogue/target.ts'
import { quantile } from '../../load/quantile.ts'
import { tableText } from '../../report/table-text.ts'
import { defineCommand } from '../command.ts'
import { countOf } from '../count-of.ts'
import { measureVerdict } from '../measure-verdicts.ts'

/** How far a threshold must stay away from what it separates: as a factor. */
const distance = 0.85

export const calibrate = defineCommand({
  name: 'calibrate',
  about:
    "measure where a speed gate's threshold belongs, and refuse one that is too near; for authors",
  takes: '[step]',
  mostWords: 1,
  flags: { count: { type: 'string', about: 'measurements for each condition (default 3)' } },
  async run({ words, flags, print, steps: load }) {
    const steps = await load()
    const chosen = words[0] ? [findStep(steps, words[0])] : steps
    const count = countOf(flags.count, 3)
    let refused = 0
    for (const step of chosen) {
      for (const gate of step.gates.filter(({ kind }) => kind === 'speed')) {
        if (gate.kind !== 'speed') continue
        const slow: Target = gate.slow ?? 'starter'
        const rows: string[][] = []
        // The effect of slow code shrinks under contention, so the worse of two conditions counts.
        let worstSlow = 0
        let worstSame = Number.POSITIVE_INFINITY
        for (const condition of ['idle', 'all cores hogged'] as const) {
          for (const target of [slow, 'solution'] as const) {
            const ratios: number[] = []
            for (let i = 0; i < count; i++) {
              ratios.push((await measureVerdict(steps, step, gate, target, condition)).ratio)
            }
            const median = quantile(ratios, 0.5)
            if (target === 'solution') worstSame = Math.min(worstSame, median)
            else worstSlow = Math.max(worstSlow, median)
            rows.push([
              `${condition}, ${target}`,
              ratios.map((ratio) => ratio.toFixed(2)).join(' '),
              median.toFixed(2),
            ])
          }
        }
        const suggested = Math.sqrt(worstSlow)
        const near = worstSlow > gate.threshold * distance || gate.threshold > worstSame * distance
        if (near) refused++
        print(`${step.id} ${gate.id}: ${gate.title}`)
        for (const text of tableText(['share of the reference', 'measured', 'median'], rows))
          print(`  ${text}`)
        print(
          `  threshold ${gate.threshold}, geometric mean ${suggested.toFixed(2)}: ${near ? 'REFUSED, less than 15 % from what it separates' : 'far enough from both'}`,
        )
      }
    }
    return refused === 0 ? 0 : 1
  },
})
