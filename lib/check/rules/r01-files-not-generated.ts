import type { Rule } from '../rule';

/** The XML files of a home are its configuration, and not made anew at each start. */
export const filesNotGenerated: Rule = {
  title: 'The XML files of a home are its configuration, and are not generated at each start.',
  why: 'Where deployment.toml is there, the server writes the XML files anew from templates and every edit of them is lost.',
  severities: ['error'],
  evaluate: ({ unopened }) =>
    unopened
      .filter(({ code }) => code === 'HOME_GENERATED')
      .map(({ name, home }) => ({
        severity: 'error',
        nodes: [],
        place: undefined,
        what: `${name === home ? name : `${name} (${home})`} was not checked, as its deployment.toml generates the XML files`,
        fix: 'make its settings in deployment.toml, and compare them with the other nodes by hand',
      })),
};
