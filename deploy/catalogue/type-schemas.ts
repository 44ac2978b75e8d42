import { globSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { repositoryRoot } from '../local/paths.ts';

/** The part of JSON Schema that the contracts need. */
export interface JsonSchema {
  type?: string;
  const?: unknown;
  enum?: (string | number | boolean)[];
  format?: string;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  description?: string;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  allOf?: JsonSchema[];
  $ref?: string;
}

/** Reads the types of the contracts, with what their comments say. */
export class ContractTypes {
  private readonly checker: ts.TypeChecker;
  private readonly classes = new Map<string, ts.ClassDeclaration>();

  constructor() {
    const files = globSync('libs/contracts/src/**/*.ts', { cwd: repositoryRoot })
      .filter((file) => !file.endsWith('.spec.ts'))
      .map((file) => join(repositoryRoot, file));
    const configFile = join(repositoryRoot, 'tsconfig.json');
    const { config } = ts.readConfigFile(configFile, (path) => ts.sys.readFile(path)) as { config: object };
    const { options } = ts.parseJsonConfigFileContent({ ...config, include: [] }, ts.sys, repositoryRoot);
    const program = ts.createProgram(files, options);
    this.checker = program.getTypeChecker();
    for (const file of files) {
      const source = program.getSourceFile(file);
      source?.forEachChild((node) => {
        if (ts.isClassDeclaration(node) && node.name) this.classes.set(node.name.text, node);
      });
    }
  }

  /** The schema of a class of the contracts by its name. @throws Error when there is none */
  schemaOfClass(name: string): JsonSchema {
    const declaration = this.classes.get(name);
    if (!declaration) throw new Error(`libs/contracts has no class ${name}`);
    const type = this.checker.getTypeAtLocation(declaration);
    return { ...described(textOf(type.symbol, this.checker)), ...this.objectSchema(type) };
  }

  private objectSchema(type: ts.Type): JsonSchema {
    const properties: Record<string, JsonSchema> = {};
    const required: string[] = [];
    for (const property of this.checker.getPropertiesOfType(type)) {
      const optional = (property.flags & ts.SymbolFlags.Optional) !== 0;
      const propertyType = this.checker.getTypeOfSymbol(property);
      properties[property.name] = {
        ...described(textOf(property, this.checker)),
        ...this.schemaOf(optional ? this.checker.getNonNullableType(propertyType) : propertyType),
      };
      if (!optional) required.push(property.name);
    }
    return { type: 'object', properties, ...(required.length > 0 ? { required } : {}) };
  }

  private schemaOf(type: ts.Type): JsonSchema {
    if (type.isUnion()) return this.unionSchema(type);
    if (type.isStringLiteral()) return { type: 'string', const: type.value };
    if (type.isNumberLiteral()) return { type: 'integer', const: type.value };
    if (type.flags & ts.TypeFlags.String) return { type: 'string' };
    if (type.flags & ts.TypeFlags.Number) return { type: 'number' };
    if (type.flags & ts.TypeFlags.Boolean) return { type: 'boolean' };
    if (this.checker.isArrayType(type)) {
      const [element] = this.checker.getTypeArguments(type as ts.TypeReference);
      return { type: 'array', items: element ? this.schemaOf(element) : {} };
    }
    if (type.flags & ts.TypeFlags.Object) return this.objectSchema(type);
    throw new Error(`the catalogue cannot describe ${this.checker.typeToString(type)}`);
  }

  private unionSchema(type: ts.UnionType): JsonSchema {
    if (type.types.every((part) => part.flags & ts.TypeFlags.BooleanLiteral)) return { type: 'boolean' };
    const values = type.types.map((part) => {
      if (!part.isStringLiteral()) throw new Error(`the catalogue cannot describe ${this.checker.typeToString(type)}`);
      return part.value;
    });
    return { type: 'string', enum: values };
  }
}

function textOf(symbol: ts.Symbol, checker: ts.TypeChecker): string {
  return ts.displayPartsToString(symbol.getDocumentationComment(checker)).replaceAll(/\s+/g, ' ').trim();
}

function described(description: string): JsonSchema {
  return description === '' ? {} : { description };
}
