import type { LoadedStep } from '../catalogue/load-steps.ts'

const begin = '<!-- steps: made by `npm run generate` -->'
const end = '<!-- /steps -->'

/** The README with its table of steps written anew. */
export function withStepTable(readme: string, steps: LoadedStep[]): string {
  const rows = steps.map(
    ({ id, files, title, layer, summary }) =>
      `| [${id}](${files.lesson}) | \`${layer}\` | ${title}: ${summary} |`,
  )
  const table = ['| step | layer | what it is about |', '|---|---|---|', ...rows].join('\n')
  const from = readme.indexOf(begin)
  const to = readme.indexOf(end)
  if (from < 0 || to < from) throw new Error(`README.md needs the lines ${begin} and ${end}`)
  return `${readme.slice(0, from + begin.length)}\n${table}\n${readme.slice(to)}`
}
