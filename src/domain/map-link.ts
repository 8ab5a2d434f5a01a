/** Where a place is: coordinates when they are known, the postal address otherwise. */
export interface Place {
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly line1: string;
  readonly city: string;
  readonly state: string | null;
  readonly zip: string | null;
}

/** Address of a web map that shows the place; every part of it percent-encoded. */
export function mapLink({ latitude, longitude, line1, city, state, zip }: Place): string {
  if (latitude !== null && longitude !== null) {
    const [lat, lon] = [latitude.toFixed(6), longitude.toFixed(6)];
    return `https://www.openstreetmap.org/?mlat=${lat}&mlon=${lon}#map=18/${lat}/${lon}`;
  }
  const written = [line1, city, [state, zip].filter(Boolean).join(' ')].filter(Boolean).join(', ');
  return `https://www.openstreetmap.org/search?query=${encodeURIComponent(written.toWellFormed()).replaceAll("'", '%27')}`;
}
