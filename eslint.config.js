import tseslint from 'typescript-eslint'
import importX from 'eslint-plugin-import-x'

/** A package may import what stands here of the others, and nothing else. */
const boundaries = [
  { target: './packages/protocol', from: ['./packages/sdk', './packages/collector', './packages/dashboard'] },
  { target: './packages/sdk', from: ['./packages/collector', './packages/dashboard'] },
  { target: './packages/collector', from: ['./packages/dashboard'] },
  { target: './packages/dashboard', from: ['./packages/collector', './packages/sdk'] },
]

const sources = ['**/*.ts', '**/*.tsx']

export default tseslint.config(
  { ignores: ['**/dist/**', '**/node_modules/**', '**/*.d.ts', 'e2e/screenshots/**'] },
  {
    files: sources,
    extends: [...tseslint.configs.recommended],
    plugins: { 'import-x': importX },
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['vitest.config.ts'] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'import-x/no-default-export': 'error',
      'import-x/no-restricted-paths': ['error', { zones: boundaries }],
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportAllDeclaration', message: 'Name what is exported, one by one.' },
      ],
      eqeqeq: ['error', 'always'],
    },
  },
  {
    files: ['packages/collector/src/**/*.ts'],
    ignores: ['packages/collector/src/config.ts', '**/*.test.ts', '**/*.fixture.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Only config.ts reads the environment.' },
      ],
    },
  },
  { files: ['**/*.config.ts', '**/vite.config.ts'], rules: { 'import-x/no-default-export': 'off' } },
)
