import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { SpeedGate } from '../../catalogue/define-load-gate.ts'
import { findStep } from '../../catalogue/find-step.ts'
import type { LoadedStep } from '../../catalogue/load-steps.ts'
import type { Target } from '../../catalogue/target.ts'
import { conditions } from '../../load/hogs.ts'
import { quantile } from '../../load/quantile.ts'
import { wilson } from '../../load/wilson.ts'
import { machine } from '../../report/machine.ts'
import { tableText } from '../../report/table-text.ts'
import { defineCommand } from '../command.ts'
import { countOf } from '../count-of.ts'
import { type MeasuredVerdict, measureVerdict } from '../measure-verdicts.ts'

export const verdicts = defineCommand({
  name: 'verdicts',
  about:
    'measure the grader: verdicts on versions whose verdict is known, idle and under foreign load',
  takes: '[step]',
  mostWords: 1,
  flags: {
    count: { type: 'string', about: 'verdicts for each version and condition (default 5)' },
    save: { type: 'boolean', about: 'write them to site/data/verdicts.json' },
  },
  async run({ root, words, flags, print, steps: load }) {
    const steps = await load()
    const chosen = words[0] ? [findStep(steps, words[0])] : steps
    const gates = chosen.flatMap((step) => speedGates(step).map((gate) => ({ step, gate })))
    const count = countOf(flags.count, 5)
    const all: MeasuredVerdict[] = []
    for (let round = 1; round <= count; round++) {
      for (const { step, gate } of gates) {
        for (const condition of conditions) {
          for (const target of ['solution', gate.slow ?? 'starter'] as Target[]) {
            const one = await measureVerdict(steps, step, gate, target, condition)
            all.push(one)
            print(`${round}/${count} ${line(one)}`)
          }
        }
      }
    }
    print('')
    for (const text of tableText(columns, summary(all))) print(text)
    if (flags.save) {
      const file = join(root, 'site/data/verdicts.json')
      mkdirSync(dirname(file), { recursive: true })
      const data = {
        measuredAt: new Date().toISOString(),
        machine: machine(),
        versions: versions(),
        verdicts: all,
      }
      writeFileSync(file, `${JSON.stringify(data, null, 1)}\n`)
      print(`\nwritten to site/data/verdicts.json`)
    }
    return all.some(isWrong) || all.length === 0 ? 1 : 0
  },
})

const speedGates = (step: LoadedStep): SpeedGate[] =>
  step.gates.filter((gate) => gate.kind === 'speed')

const isWrong = ({ target, verdict }: MeasuredVerdict): boolean =>
  verdict !== 'inconclusive' && (verdict === 'pass') !== (target === 'solution')

const line = (one: MeasuredVerdict): string =>
  `${one.step} ${one.gate}, ${one.condition}, ${one.target}: ${one.verdict}${isWrong(one) ? ' WRONG' : ''} (${one.ratio.toFixed(2)}, ${one.pairs} pairs, ${one.seconds.toFixed(1)} s)${one.remark ? ` ${one.remark}` : ''}`

const columns = [
  'condition, version',
  'verdicts',
  'wrong',
  '95 % bound',
  'inconclusive',
  'median s',
  'longest s',
  'ratio (middle half)',
]

function summary(all: MeasuredVerdict[]): string[][] {
  const groups = new Map<string, MeasuredVerdict[]>()
  for (const one of all) {
    for (const name of [`${one.condition}, ${one.target}`, `all, ${one.target}`]) {
      groups.set(name, [...(groups.get(name) ?? []), one])
    }
  }
  const sorted = [...groups].sort(
    ([a], [b]) => Number(a.startsWith('all')) - Number(b.startsWith('all')),
  )
  return sorted.map(([name, group]) => {
    const wrong = group.filter(isWrong).length
    const undecided = group.filter(({ verdict }) => verdict === 'inconclusive').length
    const seconds = group.map((one) => one.seconds)
    const ratios = group.map(({ ratio }) => ratio)
    const percent = (share: number) => `${(share * 100).toFixed(1)} %`
    return [
      name,
      String(group.length),
      String(wrong),
      percent(wilson(wrong, group.length)[1]),
      `${undecided} (${percent(undecided / group.length)})`,
      quantile(seconds, 0.5).toFixed(1),
      Math.max(...seconds).toFixed(1),
      `${quantile(ratios, 0.5).toFixed(2)} (${quantile(ratios, 0.25).toFixed(2)} to ${quantile(ratios, 0.75).toFixed(2)})`,
    ]
  })
}

const versions = (): Record<string, string> => ({
  node: process.versions.node,
  v8: process.versions.v8,
})
