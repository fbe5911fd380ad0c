import jsxA11y from 'eslint-plugin-jsx-a11y';
import reactHooks from 'eslint-plugin-react-hooks';
import { defineConfig } from 'eslint/config';
import { naming, shared } from '../Swarms.Hub.Client.Js/eslint.shared.js';

export default defineConfig({
  files: ['**/*.ts', '**/*.tsx'],
  extends: [shared, reactHooks.configs.flat['recommended-latest'], jsxA11y.flatConfigs.strict],
  rules: {
    '@typescript-eslint/naming-convention': ['error', ...naming, { selector: 'function', format: ['camelCase', 'PascalCase'] }],
    // A box that scrolls must take the focus, or nobody can scroll it by keyboard.
    'jsx-a11y/no-noninteractive-tabindex': ['error', { roles: ['log', 'region'] }],
  },
});
