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
  prefixItems?: JsonSchema[];
  minItems?: number;
  maxItems?: number;
  uniqueItems?: boolean;
  additionalProperties?: JsonSchema | boolean;
  unevaluatedProperties?: boolean;
  allOf?: JsonSchema[];
  anyOf?: JsonSchema[];
  $ref?: string;
}

/** Where the schemas of named types stand when they are referred to. */
const COMPONENTS = '#/components/schemas/';

/** Reads the types of the contracts, with what their comments say. */
export class ContractTypes {
  /** Schemas of the named types that were referred to so far; stays empty when everything is written in place. */
  readonly components: Record<string, JsonSchema> = {};
  private readonly refers: boolean;
  private readonly checker: ts.TypeChecker;
  private readonly classes = new Map<string, ts.ClassDeclaration | ts.InterfaceDeclaration>();
  private readonly requests = new Map<string, ts.CallExpression>();
  private readonly nameOf = new Map<string, ts.Type>();

  /**
   * @param folders where the types stand
   * @param refers named types become components and are referred to, instead of being written in place
   */
  constructor(folders: readonly string[] = ['libs/contracts/src'], refers = false) {
    this.refers = refers;
    const files = globSync(
      folders.map((folder) => `${folder}/**/*.ts`),
      { cwd: repositoryRoot },
    )
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
        if ((ts.isClassDeclaration(node) || ts.isInterfaceDeclaration(node)) && node.name) {
          this.classes.set(node.name.text, node);
        }
      });
      if (source && refers) this.collectRequests(source);
    }
  }

  /** The schema of the reply of a request, by its subject. @throws Error when no contract defines it */
  schemaOfReply(subject: string): JsonSchema {
    // Dead-letter requests are defined once for all services: `${service}.dead-letters.list`.
    const call = this.requests.get(subject) ?? this.requests.get(subject.slice(subject.indexOf('.')));
    if (!call) throw new Error(`libs/contracts defines no request ${subject}`);
    const reply = this.checker.getTypeAtLocation(call).getProperty('reply');
    if (!reply) throw new Error(`${subject} is not made by defineRequest`);
    return this.schemaOf(this.checker.getNonNullableType(this.checker.getTypeOfSymbol(reply)));
  }

  /** The schema of a type of the folders by its name. @throws Error when there is none */
  schemaOfType(name: string): JsonSchema {
    const declaration = this.classes.get(name);
    if (!declaration) throw new Error(`there is no type ${name}`);
    return this.schemaOf(this.checker.getTypeAtLocation(declaration));
  }

  /** The schema of a class of the contracts by its name. @throws Error when there is none */
  schemaOfClass(name: string): JsonSchema {
    const declaration = this.classes.get(name);
    if (!declaration) throw new Error(`libs/contracts has no class ${name}`);
    const type = this.checker.getTypeAtLocation(declaration);
    return { ...described(textOf(type.symbol, this.checker)), ...this.objectSchema(type) };
  }

  private collectRequests(node: ts.Node): void {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'defineRequest') {
      const [subject] = node.arguments;
      if (subject && ts.isStringLiteralLike(subject)) this.requests.set(subject.text, node);
      const tail = subject && ts.isTemplateExpression(subject) ? subject.templateSpans.at(-1)?.literal.text : undefined;
      if (tail !== undefined) this.requests.set(tail, node);
    }
    node.forEachChild((child) => this.collectRequests(child));
  }

  /** A named type as a component; one without a name in place. */
  private reference(type: ts.Type): JsonSchema {
    const name = this.nameFor(type);
    if (name === undefined) return this.objectSchema(type);
    if (!this.nameOf.has(name)) {
      // Known before its inside is looked at: a type may hold itself.
      this.nameOf.set(name, type);
      const described = this.objectSchema(type);
      this.components[name] = { ...describedBy(type, this.checker), ...described };
    }
    return { $ref: `${COMPONENTS}${name}` };
  }

  /** `Melding`, `PageOfMelding`; undefined for a type that has no name. Two types of one name get different ones. */
  private nameFor(type: ts.Type): string | undefined {
    const own = (type.aliasSymbol ?? type.getSymbol())?.name;
    // `Record<PlaceState, number>` and its like say more when they are written out.
    const isApplied = (type.aliasTypeArguments ?? []).length > 0;
    if (own === undefined || own === '__type' || own === '__object' || isApplied) return undefined;
    const isReference = ((type as ts.ObjectType).objectFlags & ts.ObjectFlags.Reference) !== 0;
    const given = isReference ? this.checker.getTypeArguments(type as ts.TypeReference) : [];
    const parts = given.filter((part) => part !== type && !part.isTypeParameter()).map((part) => this.nameFor(part));
    if (parts.some((part) => part === undefined)) return undefined;
    const base = parts.length === 0 ? own : `${own}Of${parts.join('And')}`;
    for (let number = 1; ; number += 1) {
      const name = number === 1 ? base : `${base}${number}`;
      const taken = this.nameOf.get(name);
      if (taken === undefined || taken === type) return name;
    }
  }

  private objectSchema(type: ts.Type): JsonSchema {
    const index = this.checker.getIndexInfoOfType(type, ts.IndexKind.String);
    if (index) return { type: 'object', additionalProperties: this.schemaOf(index.type) };
    const properties: Record<string, JsonSchema> = {};
    const required: string[] = [];
    for (const property of this.checker.getPropertiesOfType(type)) {
      const optional = (property.flags & ts.SymbolFlags.Optional) !== 0;
      const declared = this.checker.getTypeOfSymbol(property);
      const propertyType = optional ? this.withoutUndefined(declared) : declared;
      // A subclass says of an inherited field that it has none.
      if (propertyType.flags & ts.TypeFlags.Never) continue;
      properties[property.name] = {
        ...described(textOf(property, this.checker)),
        ...this.schemaOf(propertyType),
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
    if (type.flags & ts.TypeFlags.TemplateLiteral) return templateSchema(type as ts.TemplateLiteralType);
    if (type.flags & ts.TypeFlags.Number) return { type: 'number' };
    if (type.flags & ts.TypeFlags.Boolean) return { type: 'boolean' };
    if (type.flags & ts.TypeFlags.BooleanLiteral) return { const: this.checker.typeToString(type) === 'true' };
    if (type.flags & ts.TypeFlags.Null) return { type: 'null' };
    // Anything: data of others, passed on as they are.
    if (type.flags & (ts.TypeFlags.Unknown | ts.TypeFlags.NonPrimitive)) {
      return type.flags & ts.TypeFlags.Unknown ? {} : { type: 'object' };
    }
    if (this.checker.isTupleType(type)) {
      const elements = this.checker.getTypeArguments(type as ts.TypeReference);
      const prefixItems = elements.map((element) => this.schemaOf(element));
      return { type: 'array', prefixItems, minItems: prefixItems.length, maxItems: prefixItems.length };
    }
    if (this.checker.isArrayType(type)) {
      const [element] = this.checker.getTypeArguments(type as ts.TypeReference);
      return { type: 'array', items: element ? this.schemaOf(element) : {} };
    }
    if (type.isIntersection()) return this.intersectionSchema(type);
    if (type.flags & ts.TypeFlags.Object) return this.refers ? this.reference(type) : this.objectSchema(type);
    throw new Error(`the catalogue cannot describe ${this.checker.typeToString(type)}`);
  }

  /** A string with a mark on it (`CivilDate`) is a string; anything else has the properties of all its parts. */
  private intersectionSchema(type: ts.IntersectionType): JsonSchema {
    const isText = type.types.some((part) => part.flags & ts.TypeFlags.String);
    if (!isText) return this.objectSchema(type);
    const date: JsonSchema = { format: 'date', pattern: String.raw`^\d{4}-\d{2}-\d{2}$` };
    return { type: 'string', ...(type.aliasSymbol?.name === 'CivilDate' ? date : {}) };
  }

  private unionSchema(type: ts.UnionType): JsonSchema {
    if (type.types.every((part) => part.flags & ts.TypeFlags.BooleanLiteral)) return { type: 'boolean' };
    const parts = type.types.filter((part) => !(part.flags & ts.TypeFlags.Undefined));
    const values = parts.flatMap((part) => (part.isStringLiteral() ? [part.value] : []));
    // The compiler keeps unions in the order in which it met their parts, which changes with files elsewhere.
    if (this.refers) values.sort();
    const codes: JsonSchema[] = values.length > 0 ? [{ type: 'string', enum: values }] : [];
    const isYesOrNo = parts.filter((part) => part.flags & ts.TypeFlags.BooleanLiteral).length === 2;
    const others = parts
      .filter((part) => !part.isStringLiteral() && !(isYesOrNo && part.flags & ts.TypeFlags.BooleanLiteral))
      .map((part) => this.schemaOf(part));
    const all = [...codes, ...(isYesOrNo ? [{ type: 'boolean' }] : []), ...others];
    const [only] = all;
    return all.length === 1 && only ? only : { anyOf: all };
  }

  /** A field that may be left out is not also one that may be undefined; null stays. */
  private withoutUndefined(type: ts.Type): ts.Type {
    const hasNull = type.isUnion() && type.types.some((part) => part.flags & ts.TypeFlags.Null);
    return hasNull ? type : this.checker.getNonNullableType(type);
  }
}

/** A text of fixed and free parts: `guard-before:${string}`. */
function templateSchema({ texts }: ts.TemplateLiteralType): JsonSchema {
  const literal = texts.map((text) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
  return { type: 'string', pattern: `^${literal.join('.*')}$` };
}

function describedBy(type: ts.Type, checker: ts.TypeChecker): JsonSchema {
  return described(textOf(type.aliasSymbol ?? type.symbol, checker));
}

function textOf(symbol: ts.Symbol, checker: ts.TypeChecker): string {
  return ts.displayPartsToString(symbol.getDocumentationComment(checker)).replaceAll(/\s+/g, ' ').trim();
}

function described(description: string): JsonSchema {
  return description === '' ? {} : { description };
}
