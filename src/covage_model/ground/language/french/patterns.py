"""Why a pattern is no I-Regexp, and what to type instead."""

from __future__ import annotations

SENTENCES = {
    "no prefix is given: type at least one": "aucun préfixe n'est donné : tapez-en au moins un",
    'the pattern does not start with "^": type "^" first': 'le motif ne commence pas par "^" : tapez d\'abord "^"',
    'the pattern does not end with "$": type "$" last': 'le motif ne finit pas par "$" : tapez "$" à la fin',
    '"(" is not closed: type ")" where the group ends': '"(" n\'est pas fermée : tapez ")" à la fin du groupe',
    '"(?" is not in I-Regexp, which has plain groups only: type "("': "\"(?\" n'existe pas dans I-Regexp, qui n'a que "
    'des groupes simples : tapez "("',
    "groups are nested more than {depth} deep: write it flatter": "des groupes sont imbriqués sur plus de {depth} "
    "niveaux : écrivez-le plus à plat",
    r'")" closes no group: remove it, or type "\)" for the character': r'")" ne ferme aucun groupe : retirez-la, ou '
    r'tapez "\)" pour le caractère',
    r'"\p" names no general category: type "\p{L}", "\p{Nd}" or another of RFC 9485': r'"\p" ne nomme aucune catégorie '
    r'générale : tapez "\p{L}", "\p{Nd}" ou une autre de la RFC 9485',
    r'"\" escapes nothing: type "\\" for the character': r'"\" n\'échappe rien : tapez "\\" pour le caractère',
    "{token} is not in I-Regexp: {what:words}": "{token} n'existe pas dans I-Regexp : {what:words}",
    "{token} follows a quantifier, and none is lazy or possessive here: remove it": "{token} suit un quantificateur, "
    "et "
    "aucun n'est paresseux ni possessif ici : retirez-le",
    "{token} has nothing to repeat: type {other} for the character": "{token} n'a rien à répéter : tapez {other} pour "
    "le "
    "caractère",
    r'"{" starts no quantifier like {2}, {2,} or {2,5}: type "\{" for the character': r'"{" ne commence aucun '
    r'quantificateur tel que {2}, {2,} ou {2,5} : tapez "\{" pour le caractère',
    "the quantifier {token} ends below its start: type the lower end first": "le quantificateur {token} finit plus bas "
    "qu'il ne commence : tapez d'abord la borne inférieure",
    '"[" is not closed: type "]" where the class ends': '"[" n\'est pas fermé : tapez "]" à la fin de la classe',
    r'the class is empty: type "\[" for a bracket, "\^" for a caret': r'la classe est vide : tapez "\[" pour un '
    r"crochet, "
    r'"\^" pour un accent circonflexe',
    "no character is in this class: remove a part of it": "aucun caractère n'est dans cette classe : retirez-en une "
    "partie",
    r'"-" stands between characters that make no range: type "\-"': r'"-" est entre des caractères qui ne forment pas '
    r'un intervalle : tapez "\-"',
    "the range {token} ends below its start: type the lower end first": "l'intervalle {token} finit plus bas qu'il ne "
    "commence : tapez d'abord la borne inférieure",
    "{token} is not escaped inside a class: type {other}": "{token} doit être échappé dans une classe : tapez {other}",
    "engines differ about {token} inside a class: type it once": "les moteurs divergent sur {token} dans une classe : "
    "tapez-le une seule fois",
    "a lone surrogate is no character: remove it": "une moitié de caractère n'est pas un caractère : retirez-la",
    "written out this takes {count} characters: repeat less, up to {most}, or use maxLength": "développé, cela prend "
    "{count} caractères : répétez moins, jusqu'à {most}, ou utilisez maxLength",
    r'"^" inside a pattern is an anchor to most engines: type "\^" for the character': r'"^" à l\'intérieur d\'un '
    r"motif "
    r'est une ancre pour la plupart des moteurs : tapez "\^" pour le caractère',
    '"$" inside a pattern is an anchor to most engines: type "[$]" for the character': "\"$\" à l'intérieur d'un motif "
    'est une ancre pour la plupart des moteurs : tapez "[$]" pour le caractère',
    r'"]" closes no class: type "\]" for the character': r'"]" ne ferme aucune classe : tapez "\]" pour le caractère',
    r'"}" closes no quantifier: type "\}" for the character': r'"}" ne ferme aucun quantificateur : tapez "\}" pour le '
    r"caractère",
    "type {token}": "tapez {token}",
    "type the character itself": "tapez le caractère lui-même",
    "word boundaries do not exist here": "les limites de mots n'existent pas ici",
    '"^" already anchors the start': '"^" ancre déjà le début',
    '"$" already anchors the end': '"$" ancre déjà la fin',
    "there are no back-references, write the group again": "il n'y a pas de renvois, écrivez de nouveau le groupe",
    "remove it": "retirez-le",
    "far more": "bien plus de",
}
