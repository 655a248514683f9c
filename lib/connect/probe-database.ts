import type { FailedProbe, ProbeFailure, ProbeResult, ProbeTarget } from '../database/database-probe';
import { errorFields, type DatabaseProber, type ProbeSession } from './prober';
import { probers } from './probers';

/** How long opening one database may take, all in all. */
export interface ProbeOptions {
  /** In ms. */
  readonly timeout: number;
}

/**
 * Opens a database as a datasource does, looks at it, and closes it; only reads. Never rejects for what the server, the
 * network or the driver does, and takes hardly longer than the timeout. A login that is refused is tried once more with TLS,
 * as servers that demand it often say only that they refuse. `undefined` where there is no driver for the product.
 */
export async function probeDatabase(target: ProbeTarget, options: ProbeOptions): Promise<ProbeResult | undefined> {
  const prober = probers[target.kind];
  if (prober === undefined) return undefined;
  const first = await attempt(prober, target, { ...options, tls: target.tls === 'wanted' });
  if (first.outcome === 'opened' || target.tls === 'wanted' || !mayWantTls.includes(first.failure)) return first;
  const second = await attempt(prober, target, { ...options, tls: true });
  if (second.outcome === 'opened') return { ...second, needsTls: true };
  // With TLS it got further: what kept it out without was the missing TLS.
  return first.failure !== second.failure && second.failure !== 'noTls' ? second : first;
}

const mayWantTls: readonly ProbeFailure[] = ['wrongPassword', 'hostDenied', 'tlsDemanded'];

async function attempt(
  prober: DatabaseProber,
  target: ProbeTarget,
  { timeout, tls }: ProbeOptions & { readonly tls: boolean },
): Promise<ProbeResult> {
  let session: ProbeSession | undefined;
  let isOver = false;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<FailedProbe>((resolve) => {
    timer = setTimeout(() => resolve({ outcome: 'failed', failure: 'timeout', code: 'ETIMEDOUT' }), timeout);
  });
  const work = async (): Promise<ProbeResult> => {
    const opened = await prober.open(target, { tls, timeout });
    session = opened;
    // Nobody waits any more for a server that answers after the time is over.
    if (isOver) opened.close();
    return { outcome: 'opened', ...(await opened.describe()), needsTls: false };
  };
  try {
    return await Promise.race([work().catch((error: unknown) => failed(prober, error)), late]);
  } finally {
    isOver = true;
    clearTimeout(timer);
    session?.close();
  }
}

function failed(prober: DatabaseProber, error: unknown): FailedProbe {
  // Several addresses of one host are tried, and the first error stands for all.
  const [inner = error] = error instanceof AggregateError ? (error.errors as readonly unknown[]) : [];
  const fields = errorFields(inner);
  return {
    outcome: 'failed',
    failure: networkFailures[fields.code] ?? prober.failureOf(fields) ?? 'other',
    code: fields.code || 'no code',
  };
}

/** By the codes of Node's errors. */
const networkFailures: Readonly<Record<string, ProbeFailure>> = {
  ENOTFOUND: 'unknownHost',
  EAI_AGAIN: 'unknownHost',
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  EADDRNOTAVAIL: 'unreachable',
  ETIMEDOUT: 'timeout',
  ECONNRESET: 'notADatabase',
  EPIPE: 'notADatabase',
};
