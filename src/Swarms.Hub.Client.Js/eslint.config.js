import { defineConfig } from 'eslint/config';
import { shared } from './eslint.shared.js';

export default defineConfig(
  { ignores: ['dist/'] },
  {
    files: ['**/*.ts'],
    extends: [shared],
    rules: {
      // The wire and old browsers may bring less than their types promise.
      '@typescript-eslint/no-unnecessary-boolean-literal-compare': 'off',
      '@typescript-eslint/no-unnecessary-condition': 'off',
    },
  },
);
