import { checkCatalogue } from '../../catalogue/check-catalogue.ts'
import { findStep } from '../../catalogue/find-step.ts'
import { checkVersions } from '../check-versions.ts'
import { defineCommand } from '../command.ts'

export const check = defineCommand({
  name: 'check',
  about: 'test the grader itself: each kept right or wrong version gets the verdict it should',
  takes: '[step]',
  mostWords: 1,
  flags: {},
  async run({ words, look, print, steps: load }) {
    const all = await load()
    const steps = words[0] ? [findStep(all, words[0])] : all
    let passed = 0
    let failed = 0
    const count = (name: string, problem: string | undefined) => {
      if (problem === undefined) passed++
      else failed++
      const sign = problem === undefined ? look.paint('green', 'ok  ') : look.paint('red', 'FAIL')
      print(`${sign} ${name}${problem === undefined ? '' : `: ${problem}`}`)
    }
    for (const step of steps) {
      for (const { name, problem } of checkCatalogue(step)) count(name, problem)
      await checkVersions(step, count)
    }
    print(`${passed} passed, ${failed} failed`)
    return failed === 0 && passed > 0 ? 0 : 1
  },
})
