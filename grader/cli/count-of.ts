import { WorkshopError } from '../errors.ts'

/** The number behind `--count`. @throws WorkshopError E_UNKNOWN_OPTION */
export function countOf(given: string | boolean | undefined, byDefault: number): number {
  if (given === undefined) return byDefault
  if (/^[1-9]\d{0,3}$/.test(String(given))) return Number(given)
  throw new WorkshopError('E_UNKNOWN_OPTION', {
    problem: `--count takes a number from 1 to 9999, not "${given}".`,
    command: 'verdicts',
    usage: 'npm run verdicts -- --count 10',
  })
}
