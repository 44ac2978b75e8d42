const nl = {
  title: 'Inloggen',
  intro: 'Met Doorstroom zie je wie je nu nodig heeft, waarom, en wat je kunt doen.',
  button: 'Inloggen',
  expired: 'Je sessie is verlopen. Log opnieuw in; daarna ga je verder waar je was.',
  failed: 'Inloggen is niet gelukt. Probeer het opnieuw. Lukt het weer niet? Vraag het de beheerder.',
  doneTitle: 'Je bent ingelogd',
  doneBody: 'Sluit dit tabblad en ga verder op de pagina waar je mee bezig was.',
} as const;

export default nl;
