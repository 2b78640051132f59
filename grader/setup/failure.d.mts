import type { SetupError } from './errors.mjs'

type End = { missing?: boolean; signal?: string | null; leftOut?: string[] }
export declare function failureOf(root: string, output: string, end?: End): SetupError
