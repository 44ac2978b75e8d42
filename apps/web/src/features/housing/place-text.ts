import type { PlaceRef } from '../../api/joined.js';

/** "De Haven, kamer 3", or "Kruisstraat 4" where place and location have the same name. */
export function placeText(place: PlaceRef): string {
  return place.placeName === place.locationName ? place.placeName : `${place.locationName}, ${place.placeName}`;
}
