import { databaseKindNames, databaseKinds } from '../database/kinds';
import { CarbonPatchError } from '../errors';
import { printableLine } from '../report/color';
import { wordProblems, type ClusterWords } from './init-description';
import { say, type Io } from './io';

/**
 * Asks a person for everything that the words leave open, one question after the other; an empty answer takes what stands in
 * brackets. A wrong answer is asked for again. Throws TOPOLOGY_INVALID where it stays wrong.
 */
export async function askForWords(given: ClusterWords, io: Io): Promise<ClusterWords> {
  const questions = [...textQuestions, ...(given.node === undefined ? nodeQuestions : [])];
  let words = given;
  for (const question of questions) {
    if (!question.isAnswered(words)) words = { ...words, ...(await ask(question, words, io)) };
  }
  return words;
}

interface Question {
  readonly text: string;
  readonly isAnswered: (words: ClusterWords) => boolean;
  /** What an empty answer means; `undefined` where there has to be one. */
  readonly usual: (words: ClusterWords) => string | undefined;
  /** The words that an answer adds to those that are there. */
  readonly added: (words: ClusterWords, answer: string) => ClusterWords;
}

/** How often an answer is asked for. */
const mostAttempts = 3;

async function ask(question: Question, words: ClusterWords, io: Io): Promise<ClusterWords> {
  const usual = question.usual(words);
  const prompt = printableLine(`${question.text}${usual === undefined ? '' : ` [${usual}]`}: `);
  let problems: readonly string[] = [];
  for (let attempt = 0; attempt < mostAttempts; attempt++) {
    const answer = (await io.question(prompt)).trim() || usual;
    const added = answer === undefined ? undefined : question.added(words, answer);
    problems = added === undefined ? [`${question.text}: an answer is needed`] : wordProblems({ ...words, ...added });
    if (added !== undefined && problems.length === 0) return added;
    for (const problem of problems) say(io, problem);
  }
  throw new CarbonPatchError('TOPOLOGY_INVALID', { problems });
}

type TextOption = Exclude<keyof ClusterWords, 'node'>;

const textQuestions: readonly Question[] = [
  forOption('host-name', 'Virtual host of the cluster, which clients call'),
  forOption('mgt-host-name', 'Virtual host of the management console', (words) => `mgt.${words['host-name']}`),
  forOption('domain', 'Clustering domain', (words) => domainOf(words['host-name'] ?? '')),
  unlessUrl(forOption('db-type', `Database product (${databaseKindNames.join(', ')})`, () => 'mysql')),
  unlessUrl(forOption('db-host', 'Database server')),
  unlessUrl(forOption('db-port', 'Port of the database server', (words) => portOf(words['db-type']))),
  forOption('db-user', 'Database user', () => 'regadmin'),
];

/** Machines by their host names or addresses; the names of nodes follow from their roles. */
const nodeQuestions: readonly Question[] = [
  forNodes('elb', 'Load balancer, as HOST or HOST:HOME, or - for none', '-'),
  forNodes('manager', 'Manager, as HOST or HOST:HOME', undefined),
  forNodes('worker', 'Workers, each as HOST or HOST:HOME with a blank between them, or - for none', '-'),
];

function forOption(
  option: TextOption,
  text: string,
  usual: (words: ClusterWords) => string | undefined = () => undefined,
): Question {
  return {
    text,
    isAnswered: (words) => words[option] !== undefined,
    usual,
    added: (_words, answer) => ({ [option]: answer }),
  };
}

/** A URL tells what the database is and where. */
function unlessUrl(question: Question): Question {
  return { ...question, isAnswered: (words) => words['db-url'] !== undefined || question.isAnswered(words) };
}

function forNodes(role: string, text: string, usual: string | undefined): Question {
  return {
    text,
    isAnswered: () => false,
    usual: () => usual,
    added: ({ node = [] }, answer) => ({ node: [...node, ...nodesOf(role, answer)] }),
  };
}

function nodesOf(role: string, answer: string): readonly string[] {
  if (answer === '-') return [];
  const places = answer.split(/[\s,]+/).filter((place) => place !== '');
  // As with homes: only workers are counted where there is one.
  return places.map((place, index) =>
    role === 'worker' || places.length > 1 ? `${role}${index + 1}=${role}@${place}` : `${role}=${role}@${place}`,
  );
}

/** As the guides have it: `wso2.esb.domain` for `esb.example.org`. */
function domainOf(hostName: string): string {
  return `wso2.${hostName.split('.')[0]}.domain`;
}

function portOf(kind: string | undefined): string | undefined {
  const known = databaseKindNames.find((name) => name === kind);
  return known === undefined ? undefined : String(databaseKinds[known].defaultPort);
}
