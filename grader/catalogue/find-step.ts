import { WorkshopError } from '../errors.ts'
import type { LoadedStep } from './load-steps.ts'
import { nearest } from './nearest.ts'

/**
 * The step that a reader means by `step-04`, `4`, `04`, `paging`, `customers` or `step-04-paging`.
 * @throws WorkshopError E_UNKNOWN_STEP with the nearest name.
 */
export function findStep(steps: LoadedStep[], name: string): LoadedStep {
  const wanted = name
    .trim()
    .toLowerCase()
    .replaceAll('\\', '/') // PowerShell completes to .\steps\step-02-limits\
    .replace(/^\.?\/?(steps\/)?/, '')
    .replace(/\/.*$/, '')
  const found = steps.find((step) => namesOf(step).includes(wanted.replace(/^0+(?=\d)/, '')))
  if (found) return found
  // The nearest number to a number is a guess about nothing.
  const guess = /\d/.test(wanted) ? undefined : nearest(wanted, steps.flatMap(namesOf))
  const step = guess && steps.find((candidate) => namesOf(candidate).includes(guess))
  const all = steps.map(({ id }) => id).join(', ')
  const suggestion = step ? `Did you mean ${step.id} (${step.layer})?` : `There are: ${all}.`
  throw new WorkshopError('E_UNKNOWN_STEP', { name, suggestion })
}

const namesOf = ({ id, number, folder, layer }: LoadedStep): string[] => [
  id,
  String(number),
  `step-${number}`,
  `step${number}`,
  id.replace('-', ''),
  folder,
  layer,
  folder.replace(/^step-\d\d-/, ''),
]
