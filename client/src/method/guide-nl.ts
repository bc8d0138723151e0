// What helps to fill each piece, in Dutch: a tip, examples that work, and ones that do not yet, with why. All invented.

import type { PieceId } from '../domain';

export interface GuideOf {
  readonly tip: string;
  readonly good: readonly string[];
  readonly weak: readonly { readonly example: string; readonly why: string }[];
}

export const guideNl: Readonly<Record<PieceId, GuideOf>> = {
  impact: {
    tip: 'Eén zin die je aan de keukentafel kunt zeggen. Wie merkt het verschil, en wat is er dan anders?',
    good: [
      'In Oosterduin zit deze winter niemand meer in de kou.',
      'Elke jongere in de wijk heeft na school iemand die op hem wacht.',
    ],
    weak: [
      {
        example: 'We borgen een integrale aanpak van de energietransitie.',
        why: 'Hier praat het beleid. Wie merkt er wat van?',
      },
      { example: 'Minder problemen in de wijk.', why: 'Welke, en voor wie?' },
    ],
  },
  continuity: {
    tip: 'Denk een jaar of drie vooruit: wie trekt de kar, waar komt het geld vandaan, en hoe weten we dat het werkt?',
    good: [
      'De dorpscoöperatie neemt na twee jaar het onderhoud over.',
      'Elk half jaar eten we samen en leggen we de puzzel opnieuw.',
    ],
    weak: [{ example: 'Subsidie aanvragen.', why: 'En als die er niet komt, of ophoudt?' }],
  },
  consequences: {
    tip: 'Twee kanten: wat gebeurt er als we niets doen, en wat kosten onze keuzes? Ook het pijnlijke mag hier staan.',
    good: [
      'Doen we niets, dan sluit de laatste huisartsenpost in 2028.',
      'Kiezen we voor de oude school, dan moet de muziekvereniging verhuizen.',
    ],
    weak: [{ example: 'Het kan misgaan.', why: 'Wat precies, en voor wie?' }],
  },
  partners: {
    tip: 'Wie zijn nodig om deze puzzel te leggen? Ook wie er nu nog niet zit. Kijk of bedrijf, school, overheid en inwoners er alle vier zijn.',
    good: ['Bakkerij Van Dalen', 'Bewoners van de Lindenhof', 'Praktijkschool De Werkplaats'],
    weak: [{ example: 'De gemeente', why: 'Welke afdeling, en wie komt er naar de tafel?' }],
  },
  resources: {
    tip: 'Wat is er nodig: mensen, kennis, geld, plekken? Wie het inbrengt, komt bij Inbreng; daarna verbind je ze.',
    good: ['Een werkplaats van 80 m² met krachtstroom.', 'Iemand die twaalf uur per week de planning doet.'],
    weak: [{ example: 'Meer geld.', why: 'Hoeveel, en waarvoor?' }],
  },
  returns: {
    tip: 'Elke partner moet er iets aan hebben, in geld of anders. Schrijf op voor wie.',
    good: [
      'Installatiebedrijf Zonneveld: vier leerlingen die blijven werken.',
      'Voor iedereen: minder zoeken, want we kennen elkaar.',
    ],
    weak: [{ example: 'Goede publiciteit.', why: 'Voor wie, en wat levert dat op?' }],
  },
  value: {
    tip: 'Wat krijgt de doelgroep, in hun woorden? Niet wat we doen, maar wat zij eraan hebben.',
    good: ['Eén telefoonnummer waar altijd iemand opneemt.', 'Een warm huis zonder eerst te hoeven lenen.'],
    weak: [{ example: 'Een digitaal platform.', why: 'Dat is een middel. Wat is er daardoor beter?' }],
  },
  audiences: {
    tip: 'Voor wie doen we dit? Noem mensen die je zou kunnen aanwijzen.',
    good: ['Gezinnen in een huurhuis van voor 1970.', 'Jongeren van 16 tot 20 die thuis zitten zonder school of werk.'],
    weak: [{ example: 'De samenleving.', why: 'Wie merkt het het eerst?' }],
  },
  ambition: {
    tip: 'Wat gaan we samen doen? Eén zin waar iedereen zijn naam onder zet, met een getal of een datum erin.',
    good: ['Voor 2028 maken we samen driehonderd huizen warm, straat voor straat.'],
    weak: [{ example: 'We gaan de samenwerking versterken.', why: 'Wat staat er dan, dat er nu niet staat?' }],
  },
  contributions: {
    tip: 'Wat brengt elke partner mee: geld, uren, kennis, netwerk, ruimte of spullen? Klein mag ook.',
    good: [
      'Woonstichting: € 40.000 per jaar.',
      'Dorpsraad: de zaal op dinsdagavond.',
      'Hogeschool: 200 uur van studenten.',
    ],
    weak: [{ example: 'Wij denken graag mee.', why: 'Hoe vaak, met wie, en wat mag je ervan verwachten?' }],
  },
  intentions: {
    tip: 'Waarom doet elke partner mee? Eigen belang mag gezegd worden: dat maakt het eerlijk.',
    good: [
      'Wij vinden geen monteurs meer, en hier leiden we ze zelf op.',
      'Als bewoners willen we zelf kiezen wat er in onze straat gebeurt.',
    ],
    weak: [{ example: 'Omdat het een mooi initiatief is.', why: 'En wat heb je er zelf aan?' }],
  },
};
