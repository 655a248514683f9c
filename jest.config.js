'use strict';

/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/__tests__/**/*.test.ts'],
  transform: { '\\.ts$': '@swc/jest' },
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  testSequencer: '<rootDir>/jest.sequencer.js',
  // Only against a test that hangs: beside tests that start many processes, any other can take ten times its time.
  testTimeout: 60_000,
  // By default one processor is left idle, which is half of a small machine.
  maxWorkers: '100%',
};
