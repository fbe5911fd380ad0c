import reactHooks from 'eslint-plugin-react-hooks';
import { defineConfig } from 'eslint/config';
import { naming, shared } from './eslint.shared.js';

export default defineConfig(
  { ignores: ['dist/'] },
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [shared],
    rules: {
      // The wire and old browsers may bring less than their types promise.
      '@typescript-eslint/no-unnecessary-boolean-literal-compare': 'off',
      '@typescript-eslint/no-unnecessary-condition': 'off',
    },
  },
  {
    files: ['src/React/**/*.ts', 'tests/React/**/*.tsx'],
    extends: [reactHooks.configs.flat['recommended-latest']],
    rules: {
      // Components have names of their own kind.
      '@typescript-eslint/naming-convention': [
        'error',
        ...naming,
        { selector: 'variable', types: ['function'], format: ['camelCase', 'PascalCase'] },
        { selector: 'function', format: ['camelCase', 'PascalCase'] },
      ],
    },
  },
);
