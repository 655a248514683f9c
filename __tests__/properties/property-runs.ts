/** How many cases each property tries; `PROPERTY_RUNS=20000 npx jest properties` looks longer. */
export const propertyRuns = Number(process.env['PROPERTY_RUNS'] ?? 100);
