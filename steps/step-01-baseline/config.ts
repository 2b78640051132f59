// Every setting of the server, read from the environment once. A layer receives the result and
// never looks at process.env itself, so one glance here shows everything that can be set.
import { z } from 'zod'

const wholeNumber = (least: number, most: number, fallback: number) =>
  z
    .string()
    .regex(/^\d+$/, `must be a whole number from ${least} to ${most}`)
    .transform(Number)
    .pipe(z.number().min(least, `must be ${least} or more`).max(most, `must be ${most} or less`))
    .default(fallback)

const milliseconds = (fallback: number) => wholeNumber(1, 3_600_000, fallback)
const url = (protocol: RegExp, example: string) =>
  z.url({ protocol, error: `must be a URL such as ${example}` }).optional()

const Environment = z.object({
  PORT: wholeNumber(0, 65_535, 3000),
  HOST: z.string().min(1, 'must not be empty').default('127.0.0.1'),

  HEADERS_TIMEOUT_MS: milliseconds(10_000),
  REQUEST_TIMEOUT_MS: milliseconds(30_000),
  TIMEOUT_CHECK_INTERVAL_MS: milliseconds(1000),
  KEEP_ALIVE_TIMEOUT_MS: milliseconds(5000),
  MAX_REQUESTS_PER_SOCKET: wholeNumber(1, 1_000_000, 1000),
  MAX_CONNECTIONS: wholeNumber(1, 1_000_000, 1000),
  MAX_HEADER_BYTES: wholeNumber(1024, 1_048_576, 8192),
  MAX_HEADER_COUNT: wholeNumber(1, 2000, 60),
  MAX_BODY_BYTES: wholeNumber(1, 1_073_741_824, 65_536),

  DATABASE_URL: url(/^postgres(ql)?$/, 'postgres://user:password@127.0.0.1:5432/workshop'),
  PRICE_URL: url(/^https?$/, 'http://127.0.0.1:4000'),
  TRUSTED_PROXIES: z.string().default(''),
})

const environment = Environment.safeParse(process.env)
if (!environment.success) {
  for (const { path, message } of environment.error.issues) {
    const name = String(path[0])
    console.error(`${name}=${JSON.stringify(process.env[name])} ${message}`)
  }
  process.exit(2)
}

const env = environment.data
export const config = {
  port: env.PORT,
  host: env.HOST,
  headersTimeoutMs: env.HEADERS_TIMEOUT_MS,
  requestTimeoutMs: env.REQUEST_TIMEOUT_MS,
  timeoutCheckIntervalMs: env.TIMEOUT_CHECK_INTERVAL_MS,
  keepAliveTimeoutMs: env.KEEP_ALIVE_TIMEOUT_MS,
  maxRequestsPerSocket: env.MAX_REQUESTS_PER_SOCKET,
  maxConnections: env.MAX_CONNECTIONS,
  maxHeaderBytes: env.MAX_HEADER_BYTES,
  maxHeaderCount: env.MAX_HEADER_COUNT,
  maxBodyBytes: env.MAX_BODY_BYTES,
  databaseUrl: env.DATABASE_URL,
  priceUrl: env.PRICE_URL,
  trustedProxies: env.TRUSTED_PROXIES.split(',').filter(Boolean),
}
export type Config = typeof config
