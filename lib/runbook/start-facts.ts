/** How a server is started, as its home tells. */
export interface StartFacts {
  /** The script, with the whole path. */
  readonly script: string;
  /** True where the script itself starts it as a worker. */
  readonly isWorkerByScript: boolean;
  /** True where it was started before, so that its tables are there. */
  readonly hasBeenStarted: boolean;
  /** True where a file of the home makes it listen below 1024. */
  readonly listensLow: boolean;
}
