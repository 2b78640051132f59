export interface LoadOptions {
  /** Connections, each with one request at a time. Default 10. */
  connections?: number
  /** Default 1 000. */
  durationMs?: number
  method?: 'GET' | 'POST'
  /** Default `/ping`. */
  path?: string
  headers?: Record<string, string>
  body?: string
  /** Every answer must have exactly this body. */
  expectBody?: string
  /** Every answer's body must satisfy this, where it is not the same each time. */
  verifyBody?: (body: string) => boolean
}

/** What a load round came to. */
export interface LoadReport {
  /** Answers with a 2xx status and, where one was expected, the right body. */
  good: number
  /** Answers with another status or another body. */
  bad: number
  /** Requests without an answer: refused, reset, timed out. */
  errors: number
  durationMs: number
  /** Good answers per second of our own clock. */
  perSecond: number
  /** Median time of an answer, in milliseconds, not rounded. */
  p50Ms: number
  /** CPU time that the generator used, in cores: 1 means that it was the limit. */
  generatorCores: number
}
