import { ArrayMaxSize, IsArray, IsOptional, IsString, Length } from 'class-validator';
import { defineRequest } from '../request.js';
import type { PlaceRef } from './structure-shapes.js';

/** At most 500 identifiers: the most that one page of anything refers to. */
function AreIds(): PropertyDecorator {
  const rules = [IsArray(), ArrayMaxSize(500), IsString({ each: true }), Length(1, 100, { each: true })];
  return (target, property) => {
    for (const decorate of rules) decorate(target, property);
  };
}

/** Identifiers for which the names are wanted; unknown ones are left out of the answer. */
export class ResolveNames {
  @IsOptional() @AreIds() clientIds?: string[];
  @IsOptional() @AreIds() placeIds?: string[];
  @IsOptional() @AreIds() clusterIds?: string[];
  @IsOptional() @AreIds() organisationIds?: string[];
  @IsOptional() @AreIds() personIds?: string[];
}

/** A cluster with the names around it. */
export interface ClusterRef {
  clusterId: string;
  clusterName: string;
  locationName: string;
  organisationId: string;
  organisationName: string;
}

/** Display names by identifier. A client whom the asker may not see is left out, as if unknown. */
export interface Names {
  clients: Record<string, string>;
  places: Record<string, PlaceRef>;
  clusters: Record<string, ClusterRef>;
  organisations: Record<string, string>;
  people: Record<string, string>;
}

/** Events and other services carry identifiers; this gives the names that the asker may see beside them. */
export const resolveNames = defineRequest<ResolveNames, Names>('registration.names.resolve', {
  payload: ResolveNames,
  // Everybody who is shown places has their names; a client is named only to who may see that client.
  allow: ['clientmanager', 'trajectregisseur', 'ttcj_member', 'procesregisseur', 'beheerder', 'beleid', 'system'],
  clientData: true,
});
