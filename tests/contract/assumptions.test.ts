import { markedPlaces, placesOfPage } from "./assumptions";

test("every place with the mark ASSUMED is named in docs/assumptions.md", () => {
  const named = placesOfPage();

  expect(markedPlaces().filter((place) => !named.includes(place))).toEqual([]);
});

test("docs/assumptions.md names no place that has no mark", () => {
  const marked = markedPlaces();

  expect(placesOfPage().filter((place) => !marked.includes(place))).toEqual([]);
});

test("the marks of the contract are found by component and property", () => {
  expect(markedPlaces()).toEqual(
    expect.arrayContaining([
      "contract/openapi.yaml#Id",
      "contract/openapi.yaml#ScanId",
      "contract/openapi.yaml#Findings.scanners",
      "contract/openapi.yaml#ScanStatusRetrieved.status_code",
      "service/crashtest/routes.ts",
    ]),
  );
});
