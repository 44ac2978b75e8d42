const nl = {
  today: 'Vandaag is het {{date}} (demo)',
  intro: 'Zet de datum vooruit en kijk wat er gebeurt. Dit geldt voor iedereen in de demo. Terug kan niet.',
  steps: { day: '1 dag later', week: '1 week later', quarter: '3 maanden later' },
  to: 'Of kies een dag',
  go: 'Ga naar deze dag',
  moved: 'Het is nu {{date}}.',
  meanwhile: 'Iemand anders heeft de datum net verzet. Het is nu {{date}}.',
  end: 'Verder dan dit gaat de demo niet.',
};

export default nl;
