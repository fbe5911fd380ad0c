import js from '@eslint/js';
import stylistic from '@stylistic/eslint-plugin';
import prettier from 'eslint-config-prettier';
import tseslint from 'typescript-eslint';

/** The naming rules: camelCase for values, PascalCase for types. */
export const naming = [
  { selector: 'default', format: ['camelCase'] },
  { selector: 'import', format: ['camelCase', 'PascalCase'] },
  { selector: 'typeLike', format: ['PascalCase'] },
  // Tables of constants, such as ErrorCodes.
  { selector: 'variable', modifiers: ['const', 'global'], format: ['camelCase', 'PascalCase'] },
  { selector: 'parameter', modifiers: ['unused'], format: null },
  // Others chose the names of HTTP headers and of the Swarms API's fields.
  { selector: ['objectLiteralProperty', 'typeProperty'], format: ['camelCase', 'PascalCase', 'snake_case'] },
  { selector: ['objectLiteralProperty', 'typeProperty'], modifiers: ['requiresQuotes'], format: null },
];

/** The rules of the JavaScript client and of the page in src/Swarms.Hub.Web. Prettier decides the layout: src/.prettierrc.json. */
export const shared = [
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  ...tseslint.configs.stylisticTypeChecked,
  prettier,
  {
    plugins: { '@stylistic': stylistic },
    languageOptions: { parserOptions: { projectService: true } },
    linterOptions: { reportUnusedDisableDirectives: 'error', reportUnusedInlineConfigs: 'error' },
    rules: {
      curly: ['error', 'multi-or-nest'],
      eqeqeq: 'error',
      // Prettier breaks long code, but neither comments nor strings.
      '@stylistic/max-len': ['error', { code: 140, ignoreUrls: true, ignorePattern: 'eslint-disable' }],
      '@typescript-eslint/naming-convention': ['error', ...naming],
      // Brackets show that data has no type of its own.
      '@typescript-eslint/dot-notation': ['error', { allowIndexSignaturePropertyAccess: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true }],
      // An empty callback says that there is nothing to do.
      '@typescript-eslint/no-empty-function': 'off',
      // An exclamation mark stands where the code before it has checked the index.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
    },
  },
];
